import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oidc from 'openid-client';
import type { NewApplication } from '../../src/directory/index.ts';
import type { ApplicationId } from '../../src/kit/ids.ts';
import type { House } from './house.ts';

/** 普段利用されているメール: an application of its own that lets in whom the house has recognised. */
export interface Mail {
  readonly url: string;
  close(): Promise<void>;
}

export const inbox = '受信トレイ';

export async function openMail(house: House): Promise<Mail> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(page(`メールを開けません: ${String(error)}`));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const redirectUri = `${url}/callback`;
  const saved = await house.foundation.directory.applications.create(
    {
      id: 'mail' as ApplicationId,
      displayName: 'メール',
      settings: { kind: 'oidc', redirectUris: [redirectUri], startAddress: url },
    } as NewApplication,
    { is: 'office', name: 'test' },
  );
  if (!saved.saved) throw new Error(JSON.stringify(saved.problems));
  const genkan = await oidc.discovery(new URL(`${house.url}/oidc`), 'mail', saved.secret, undefined, {
    execute: [oidc.allowInsecureRequests],
  });
  const open = new Map<string, string>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new URL(request.url ?? '/', url);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (at.pathname === '/callback') {
      const state = at.searchParams.get('state') ?? '';
      const tokens = await oidc.authorizationCodeGrant(genkan, at, {
        expectedState: state,
        pkceCodeVerifier: open.get(state) ?? '',
      });
      const claims = tokens.claims();
      const amr = (claims?.amr ?? []) as string[];
      const who = await oidc.fetchUserInfo(genkan, tokens.access_token, claims?.sub ?? '');
      response.end(page(`${inbox}: ${who.name} (${amr.join(' ')})`));
      return;
    }
    const state = oidc.randomState();
    const verifier = oidc.randomPKCECodeVerifier();
    open.set(state, verifier);
    const to = oidc.buildAuthorizationUrl(genkan, {
      redirect_uri: redirectUri,
      scope: 'openid profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
    });
    response.writeHead(302, { Location: to.href }).end();
  }

  return { url, close: () => new Promise(resolve => server.close(() => resolve())) };
}

const page = (text: string): string =>
  `<!doctype html><html lang="ja"><meta charset="utf-8"><link rel="icon" href="data:,"><title>メール</title><h1>${text}</h1>`;
