import { type Agent, request as httpRequest } from 'node:http';
import { basic } from './sign-in.ts';
import type { Application } from './town.ts';

type Json = Record<string, unknown>;

/** A plain request of an application: it must cost the machine as little as possible. */
function post(
  agent: Agent,
  url: string,
  application: Application,
  body: Record<string, string>,
): Promise<Json> {
  return new Promise((resolve, reject) => {
    const text = new URLSearchParams(body).toString();
    const request = httpRequest(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          authorization: basic(application),
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(text),
        },
      },
      response => {
        let said = '';
        response
          .setEncoding('utf8')
          .on('data', (piece: string) => {
            said += piece;
          })
          .on('end', () =>
            response.statusCode === 200 ? resolve(JSON.parse(said) as Json) : reject(new Error(said)),
          );
      },
    );
    request.on('error', reject);
    request.end(text);
  });
}

export interface TokenWork {
  readonly agent: Agent;
  readonly url: string;
  readonly application: Application;
}

/** Uses a refresh token, and gets the next one. */
export async function refresh({ agent, url, application }: TokenWork, token: string): Promise<string> {
  const answer = await post(agent, `${url}/oidc/token`, application, {
    grant_type: 'refresh_token',
    refresh_token: token,
  });
  if (typeof answer.refresh_token !== 'string' || typeof answer.id_token !== 'string')
    throw new Error(`not refreshed: ${JSON.stringify(answer)}`);
  return answer.refresh_token;
}

export async function introspect({ agent, url, application }: TokenWork, token: string): Promise<void> {
  const answer = await post(agent, `${url}/oidc/token/introspection`, application, { token });
  if (answer.active !== true) throw new Error(`not active: ${JSON.stringify(answer)}`);
}
