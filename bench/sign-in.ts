import { createHash, randomBytes } from 'node:crypto';
import type { Exchange } from '../test/cast/product/exchange.ts';
import { visitor } from '../test/cast/visitor.ts';
import type { Application, Person } from './town.ts';

/** The pages of a sign-in, in their order: each an act and the page that it leads to. */
export const steps = [
  'application',
  'account',
  'password',
  'choice',
  'code',
  'stay',
  'back',
  'tokens',
] as const;
export type StepName = (typeof steps)[number];

export interface SignedIn {
  /** ms */
  readonly took: Readonly<Record<StepName, number>>;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** One person signs in to an application as a browser without script does it. Throws when anything is not as it should be. */
export async function signIn(
  url: string,
  person: Person,
  application: Application,
  exchange: Exchange,
  password: string,
  after: (step: StepName) => Promise<void> = async () => undefined,
): Promise<SignedIn> {
  const verifier = randomBytes(32).toString('base64url');
  const browser = visitor(url, {
    address: person.address,
    headers: { 'accept-encoding': 'gzip, deflate, br' },
  });
  const took: Partial<Record<StepName, number>> = {};
  const timed = async <T>(step: StepName, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const done = await work();
    took[step] = performance.now() - began;
    await after(step);
    return done;
  };

  const query = new URLSearchParams({
    client_id: application.id,
    redirect_uri: application.redirectUri,
    response_type: 'code',
    scope: 'openid profile offline_access',
    state: 'state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  await timed('application', () => browser.open(`/oidc/auth?${query}`));
  await timed('account', () => browser.send('/identify', { account: person.loginName }));
  await timed('password', () => browser.send('/password', { password }));
  const asked = Date.now();
  await timed('choice', () => browser.send('/ask', { way: wayIn(browser.page.html) }));
  const code = await exchange.codeFor(person.phone, asked);
  if (!code) throw new Error(`no code reached ${person.phone}: ${browser.page.text}`);
  await timed('code', () => browser.send('/answer', { code }));
  await timed('stay', () => browser.send('/stay', { stay: 'no' }));
  const callback = await timed('back', () => follow(browser, url));
  const answer = await timed('tokens', async () => {
    const response = await fetch(`${url}/oidc/token`, {
      method: 'POST',
      headers: { authorization: basic(application) },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: callback.searchParams.get('code') ?? '',
        redirect_uri: application.redirectUri,
        code_verifier: verifier,
      }),
    });
    return (await response.json()) as { access_token?: string; refresh_token?: string; id_token?: string };
  });
  if (!answer.access_token || !answer.refresh_token || !answer.id_token)
    throw new Error(`no tokens: ${JSON.stringify(answer)}`);
  return {
    took: took as Record<StepName, number>,
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
  };
}

export const basic = ({ id, secret }: Application): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

const wayIn = (html: string): string => {
  const way = /name="way" value="([^"]+ text)"/.exec(html)?.[1] ?? /value="([^"]+ text)"/.exec(html)?.[1];
  if (!way) throw new Error(`no text is offered: ${html}`);
  return way;
};

/** From the page that moves on, through whatever of ours comes next, to the address of the application. */
async function follow(browser: ReturnType<typeof visitor>, url: string): Promise<URL> {
  let html = browser.page.html;
  for (let hops = 0; hops < 8; hops++) {
    const to = /http-equiv="refresh" content="0;url=([^"]*)"/.exec(html)?.[1];
    if (!to) throw new Error(`the page does not move on: ${html}`);
    let next = new URL(to.replaceAll('&amp;', '&'), url);
    for (;;) {
      if (next.origin !== url) return next;
      const response = await browser.request(next.href);
      html = await response.text();
      const location = response.headers.get('location');
      if (!location) break;
      next = new URL(location, next);
    }
  }
  throw new Error('the sign-in does not end');
}
