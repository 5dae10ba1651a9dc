import { z } from 'zod';
import type { TextDriver } from '../driver.ts';
import type { Reports, TextOutcome } from '../gateway.ts';
import { accountSettings, openAccount, takenOf } from '../twilio/account.ts';

const settings = z
  .strictObject({
    ...accountSettings.shape,
    /** a number of yours, a short code or a name */
    from: z.string().min(1).optional(),
    messagingServiceSid: z
      .string()
      .regex(/^MG[0-9a-fA-F]{32}$/, 'MG and 32 hexadecimal digits')
      .optional(),
  })
  .refine(({ from, messagingServiceSid }) => (from === undefined) !== (messagingServiceSid === undefined), {
    path: ['from'],
    message: 'give either from or messagingServiceSid',
  });

/** Twilio's word for it (https://www.twilio.com/docs/messaging/api/message-resource#message-status-values). */
const outcomes: ReadonlyMap<string, TextOutcome> = new Map([
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'undelivered'],
  ['canceled', 'undelivered'],
]);

/** Texts by Twilio's Messages API, or by whoever speaks it. */
export const twilioText: TextDriver<z.output<typeof settings>> = {
  name: 'twilio',
  kind: 'text',
  settings,
  open(id, settings, deps) {
    const account = openAccount(id, settings, deps);
    let reports: Reports | undefined;
    return {
      kind: 'text',
      id,
      listen(to) {
        reports = to;
      },
      state: account.watch.state,
      async send(text, signal) {
        const form = new URLSearchParams({
          To: text.to,
          Body: text.text,
          ...(settings.from === undefined ? {} : { From: settings.from }),
          ...(settings.messagingServiceSid === undefined
            ? {}
            : { MessagingServiceSid: settings.messagingServiceSid }),
          // A code that waits longer than this opens nothing any more.
          ValidityPeriod: '300',
          StatusCallback: account.address('status', { delivery: text.id }),
        });
        return takenOf(await account.post('/Messages.json', form, signal));
      },
      routes: async server => {
        server.post<{ Querystring: { delivery?: string } }>('/status', async (request, reply) => {
          const form = await account.signed(request, reply);
          if (!form) return reply;
          const outcome = outcomes.get(form.get('MessageStatus') ?? '');
          const { delivery } = request.query;
          if (outcome && delivery) reports?.text({ delivery }, outcome);
          return reply.code(204).send();
        });
      },
      close: async () => account.close(),
    };
  },
};
