import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../src/kit/testing.ts';
import { password } from '../test/cast/given.ts';
import { bundleProgram } from '../test/cast/product/product.ts';
import { visitor } from '../test/cast/visitor.ts';
import { hashesPerCpuSecond } from './hashes.ts';
import { atOnce, costOf, median } from './measure.ts';
import { basic } from './sign-in.ts';
import type { Application } from './town.ts';

export interface BareWish {
  readonly port: number;
  readonly application: Application;
}

/**
 * The yardstick: oidc-provider alone with everything in memory, a password and nothing else, from the
 * application's request to its tokens. No second proof, no database, no log: what no product can reach.
 */
export async function bareSignIns(rounds = 3, each = 60): Promise<{ perCpuSecond: number; share: number }> {
  const application: Application = {
    id: 'bare',
    secret: randomBytes(24).toString('base64url'),
    redirectUri: 'http://localhost:9/bare/callback',
  };
  const wish: BareWish = { port: await freePort(), application };
  const url = `http://localhost:${wish.port}`;
  const { program, remove } = await bundleProgram(
    fileURLToPath(new URL('bare-child.ts', import.meta.url)),
    'beside',
  );
  // It warns of its store, which is the point of it.
  const child = fork(program, [JSON.stringify(wish)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  try {
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('the yardstick did not start')));
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
    const pid = child.pid ?? 0;
    const people = (number: number) => Array.from({ length: number }, () => randomBytes(6).toString('hex'));
    const many = (number: number) => atOnce(8, people(number), name => signIn(url, application, name));
    await many(200);
    const measured: { rate: number; hashes: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = await hashesPerCpuSecond(30);
      const { perCpuSecond } = await costOf(pid, each, () => many(each));
      measured.push({ rate: perCpuSecond, hashes: (before + (await hashesPerCpuSecond(30))) / 2 });
    }
    return {
      perCpuSecond: median(measured.map(m => m.rate)),
      share: median(measured.map(m => m.rate / m.hashes)),
    };
  } finally {
    child.kill();
    remove();
  }
}

async function signIn(url: string, application: Application, name: string): Promise<void> {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: application.id,
    redirect_uri: application.redirectUri,
    response_type: 'code',
    scope: 'openid profile offline_access',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const browser = visitor(url, {});
  const asked = await browser.request(`${url}/auth?${query}`);
  const at = new URL(asked.headers.get('location') ?? '', url);
  await (await browser.request(at.href)).text();
  const body = new URLSearchParams({ account: name, password });
  const answered = await browser.request(at.href, { method: 'POST', body });
  const resumed = await browser.request(new URL(answered.headers.get('location') ?? '', url).href);
  const callback = new URL(resumed.headers.get('location') ?? '', url);
  const response = await fetch(`${url}/token`, {
    method: 'POST',
    headers: { authorization: basic(application) },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: application.redirectUri,
      code_verifier: verifier,
    }),
  });
  const tokens = (await response.json()) as { id_token?: string; refresh_token?: string };
  if (!tokens.id_token || !tokens.refresh_token) throw new Error(`no tokens: ${JSON.stringify(tokens)}`);
}
