import { z } from 'zod';
import type { TextDriver } from '../driver.ts';
import type { Reports, Taken, TextOutcome } from '../gateway.ts';
import { type Answered, below, mayHaveWorked, openHttpClient, providerUrl } from '../http/client.ts';
import { isProof, proofOf } from '../http/signed-address.ts';
import { watchOver } from '../http/watch.ts';

const settings = z.strictObject({
  /** of smsbox: `http://localhost:13013/cgi-bin/sendsms` */
  url: providerUrl,
  username: z.string().min(1),
  password: z.string().min(1),
  from: z.string().optional(),
  /** one of several connections of Kannel's */
  smsc: z.string().optional(),
  /** how long Kannel tries: as long as a code is good. 0: as it likes */
  validityMinutes: z.number().int().min(0).max(1440).default(5),
  /** where Kannel reaches us, when that is not the address of the configuration */
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .transform(text => new URL(text).origin)
    .optional(),
  ca: z.string().optional(),
});

/** Kannel's kinds of receipt: delivered, not delivered, refused by the SMSC. The others are steps on the way. */
const outcomes: ReadonlyMap<string, TextOutcome> = new Map([
  ['1', 'delivered'],
  ['2', 'undelivered'],
  ['16', 'undelivered'],
]);
const wanted = 1 + 2 + 16;

/** Texts by the smsbox of a Kannel. What it is told stands in headers and the body: its access log keeps addresses. */
export const kannelText: TextDriver<z.output<typeof settings>> = {
  name: 'kannel',
  kind: 'text',
  settings,
  open(id, settings, deps) {
    const client = openHttpClient(settings.ca === undefined ? {} : { ca: settings.ca });
    const url = new URL(settings.url);
    const key = deps.key('receipts');
    let reports: Reports | undefined;
    const watch = watchOver(async signal => {
      const answered = await client.ask({ method: 'GET', url: new URL('/', url) }, signal);
      return answered.is === 'answered' ? undefined : answered.why;
    }, deps.log);
    const receiptAddress = (delivery: string): string =>
      // Kannel writes the kind of receipt where %d stands.
      below(
        settings.publicUrl ?? deps.url,
        `gateways/${id}/receipt?delivery=${delivery}&proof=${proofOf(key, delivery)}&type=%d`,
      );

    return {
      kind: 'text',
      id,
      listen(to) {
        reports = to;
      },
      state: watch.state,
      async send({ id: delivery, to, text }, signal) {
        const answered = await client.ask(
          {
            method: 'POST',
            url,
            headers: {
              'content-type': 'text/plain; charset=UTF-8',
              'x-kannel-username': settings.username,
              'x-kannel-password': settings.password,
              'x-kannel-to': to,
              'x-kannel-coding': isGsm(text) ? '0' : '2',
              'x-kannel-dlr-mask': String(wanted),
              'x-kannel-dlr-url': receiptAddress(delivery),
              ...(settings.validityMinutes === 0
                ? {}
                : { 'x-kannel-validity': String(settings.validityMinutes) }),
              ...(settings.from === undefined ? {} : { 'x-kannel-from': settings.from }),
              ...(settings.smsc === undefined ? {} : { 'x-kannel-smsc': settings.smsc }),
            },
            body: text,
          },
          signal,
        );
        watch.tell(wrongWith(answered));
        return takenOf(answered);
      },
      routes: async server => {
        type Query = { delivery?: string; proof?: string; type?: string };
        server.get<{ Querystring: Query }>('/receipt', async (request, reply) => {
          const { delivery = '', proof, type = '' } = request.query;
          if (!isProof(key, proof, delivery))
            return reply.code(403).type('text/plain').send('not an address of ours\n');
          const outcome = outcomes.get(type);
          if (outcome) reports?.text({ delivery }, outcome);
          return reply.type('text/plain').send('ok\n');
        });
      },
      async close() {
        watch.close();
        client.close();
      },
    };
  },
};

/** What Kannel writes as GSM 03.38 without losing anything; everything else goes as UCS-2. */
const isGsm = (text: string): boolean => /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z]*$/.test(text);

function wrongWith(answered: Answered): string | undefined {
  if (answered.is !== 'answered') return answered.why;
  if (answered.status === 403) return 'Kannel does not accept the credentials';
  return answered.status === 503 ? 'Kannel has no connection that would take it' : undefined;
}

/** 202 `0: Accepted for delivery` or `3: Queued for later delivery`. */
function takenOf(answered: Answered): Taken {
  if (answered.is === 'not-sent') return { taken: false, reason: answered.why };
  if (answered.is === 'unanswered') return { taken: 'perhaps', reason: answered.why };
  if (answered.status === 202 || answered.status === 200) return { taken: true };
  const reason = `status ${answered.status}`;
  return { taken: mayHaveWorked(answered.status) ? 'perhaps' : false, reason };
}
