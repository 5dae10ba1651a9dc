import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DriverDeps } from '../driver.ts';
import type { Taken } from '../gateway.ts';
import { type Answered, below, mayHaveWorked, openHttpClient, providerUrl } from '../http/client.ts';
import { type Watch, watchOver } from '../http/watch.ts';
import { isSigned } from './signature.ts';

/** What texts and calls have in common. */
export const accountSettings = z.strictObject({
  accountSid: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'AC and 32 hexadecimal digits, as the console shows it'),
  /** signs what Twilio calls; also the password when there is no API key */
  authToken: z.string().min(1),
  apiKey: z
    .strictObject({ sid: z.string().regex(/^SK/, 'begins with SK'), secret: z.string().min(1) })
    .optional(),
  api: providerUrl.default('https://api.twilio.com'),
  /** where Twilio reaches us, when that is not the address of the configuration */
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .transform(text => new URL(text).origin)
    .optional(),
  /** certificates to believe, for a proxy on the way out */
  ca: z.string().optional(),
});
export type AccountSettings = z.output<typeof accountSettings>;

export interface Account {
  /** Creates or changes something of this account. */
  post(path: string, form: URLSearchParams, signal?: AbortSignal): Promise<Answered>;
  /** An address of this gateway, for Twilio to call. */
  address(path: string, query: Readonly<Record<string, string>>): string;
  /** The form of a request that Twilio signed; otherwise it was answered with 403 and there is nothing. */
  signed(request: FastifyRequest, reply: FastifyReply): Promise<URLSearchParams | undefined>;
  readonly watch: Watch;
  close(): void;
}

export function openAccount(id: string, settings: AccountSettings, deps: DriverDeps): Account {
  const { accountSid, authToken, apiKey, api } = settings;
  const client = openHttpClient(settings.ca === undefined ? {} : { ca: settings.ca });
  const [name, secret] = apiKey ? [apiKey.sid, apiKey.secret] : [accountSid, authToken];
  const authorization = `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;
  const at = (path: string) => new URL(below(api, `2010-04-01/Accounts/${accountSid}${path}`));
  const own = settings.publicUrl ?? deps.url;
  const watch = watchOver(async signal => {
    const answered = await client.ask(
      { method: 'GET', url: at('.json'), headers: { authorization } },
      signal,
    );
    return wrongWith(answered);
  }, deps.log);

  return {
    async post(path, form, signal) {
      const answered = await client.ask(
        {
          method: 'POST',
          url: at(path),
          headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
          body: form.toString(),
        },
        signal,
      );
      watch.tell(wrongWith(answered));
      return answered;
    },
    address: (path, query) => below(own, `gateways/${id}/${path}?${new URLSearchParams(query)}`),
    async signed(request, reply) {
      const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
      const url = own + (request.raw.url ?? '');
      if (isSigned(authToken, request.headers['x-twilio-signature'], url, form)) return form;
      deps.log(
        'warn',
        'a request bore no signature of Twilio, or a wrong one; is publicUrl what Twilio was told?',
      );
      await reply.code(403).type('text/plain').send('not signed by Twilio\n');
      return undefined;
    },
    watch,
    close() {
      watch.close();
      client.close();
    },
  };
}

/** Why nothing at all can be sent; that one message was refused says nothing about the others. */
function wrongWith(answered: Answered): string | undefined {
  if (answered.is !== 'answered') return answered.why;
  if (answered.status === 401 || answered.status === 403) return 'Twilio does not accept the credentials';
  return answered.status >= 500 || (answered.status >= 300 && answered.status < 400)
    ? `Twilio answers with status ${answered.status}`
    : undefined;
}

const created = z.object({ sid: z.string() });
const refused = z.object({ code: z.number() });

/** Whether Twilio took it. Its number of the error is told, and its sentence, which has the number dialled in it, is not. */
export function takenOf(answered: Answered): Taken {
  if (answered.is === 'not-sent') return { taken: false, reason: answered.why };
  if (answered.is === 'unanswered') return { taken: 'perhaps', reason: answered.why };
  const { status, body } = answered;
  const read = jsonIn(body);
  if (status === 201 || status === 200) {
    const { data } = created.safeParse(read);
    return data
      ? { taken: true, reference: data.sid }
      : { taken: 'perhaps', reason: 'the answer cannot be read' };
  }
  const { data } = refused.safeParse(read);
  const reason = `status ${status}${data ? `, error ${data.code}` : ''}`;
  return { taken: mayHaveWorked(status) ? 'perhaps' : false, reason };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON: then it has no fields either.
    return undefined;
  }
}
