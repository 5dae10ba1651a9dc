import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { minutes, seconds } from '../../kit/clock.ts';
import { spokenLanguages } from '../../words/index.ts';
import type { VoiceDriver } from '../driver.ts';
import type { CallState, Reports, Taken } from '../gateway.ts';
import { isProof, proofOf, unwrap, wrap } from '../http/signed-address.ts';
import { longestCall } from '../live-calls.ts';
import { accountSettings, openAccount, takenOf } from '../twilio/account.ts';
import { ask, type Conversation, hear, questionsWithin, type Speech } from '../twilio/twiml.ts';
import { openSaid } from './twilio-recordings.ts';

const settings = z.strictObject({
  ...accountSettings.shape,
  /** a number of yours, or one that Twilio verified */
  from: z.string().regex(/^\+[1-9]\d{5,14}$/, 'a number such as +81312345678'),
  /** the recordings of Genkan, or Twilio's own voice */
  speech: z.enum(['recordings', 'spoken']).default('recordings'),
  /** lets Twilio listen for answering machines, at a price */
  machineDetection: z.boolean().default(false),
  /** keys to an extension: `W` waits a second, `w` half of one */
  extensionDigits: z
    .string()
    .regex(/^[0-9wW#*]*\{extension\}[0-9wW#*]*$/, 'such as WW{extension}#')
    .default('WW{extension}'),
});

/** Twilio's word for it (https://www.twilio.com/docs/voice/api/call-resource#call-status-values). */
const states: Readonly<Record<string, CallState>> = {
  ringing: 'ringing',
  'in-progress': 'answered',
  // It is over, and nothing was decided by keys: whoever had decided would not be moved by this.
  completed: 'hung-up',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'unreachable',
  canceled: 'failed',
};

const conversation = z.object({
  delivery: z.string(),
  language: z.enum(spokenLanguages),
  expect: z.union([
    z.object({ keys: z.literal('#') }),
    z.object({ keys: z.literal('number'), number: z.string() }),
  ]),
  keys: z.string(),
  questions: z.number(),
});

const rings = seconds(45);
/** Twilio may let it ring for so much longer than it was told. */
const ringsOn = seconds(5);
/** From the answer on: a call is over before the next may be placed to its number. */
const longest = longestCall - rings - ringsOn;

/** How long it takes to key an extension, in ms. */
const keying = (digits: string): number =>
  [...digits].reduce((sum, key) => sum + (key === 'W' ? 1000 : 500), 0);

/** Calls by Twilio's Calls API, or by whoever speaks it. Every request of theirs may come to another node. */
export const twilioVoice: VoiceDriver<z.output<typeof settings>> = {
  name: 'twilio',
  kind: 'voice',
  settings,
  open(id, settings, deps) {
    const account = openAccount(id, settings, deps);
    const said = openSaid(settings.speech, deps.dataFolder);
    const key = deps.key('conversations');
    let reports: Reports | undefined;
    const tell = (delivery: string | undefined, state: CallState | undefined): void => {
      if (delivery && state) reports?.call({ delivery }, state);
    };

    const speech: Speech = {
      recording(language, name) {
        const file = said.called(language, name);
        return file && account.address(`prompts/${file}`, { proof: proofOf(key, file) });
      },
      heard: about => account.address('keys', { call: wrap(key, about) }),
    };

    /** what Twilio was asked for and has not taken: how it names it, and whether nobody wants it any more */
    const asked = new Map<string, { sid?: string; unwanted?: true }>();

    /** A call that may have been placed after all is hung up as soon as it has a name. */
    function know(delivery: string, about: { sid: string } | { unwanted: true }): void {
      const known = { ...asked.get(delivery), ...about };
      asked.set(delivery, known);
      if (known.sid !== undefined && known.unwanted) hangUp(known.sid);
    }

    async function place(delivery: string, form: URLSearchParams, signal: AbortSignal): Promise<Taken> {
      asked.set(delivery, {});
      const taken = takenOf(await account.post('/Calls.json', form, signal));
      if (taken.taken === 'perhaps') {
        know(delivery, { unwanted: true });
        setTimeout(() => asked.delete(delivery), minutes(2)).unref();
      } else asked.delete(delivery);
      return taken;
    }

    function hangUp(reference: string): void {
      void account.post(
        `/Calls/${encodeURIComponent(reference)}.json`,
        new URLSearchParams({ Status: 'completed' }),
      );
    }

    return {
      kind: 'voice',
      id,
      outlivesUs: true,
      listen(to) {
        reports = to;
      },
      state: account.watch.state,
      async call({ id: delivery, to, script }, signal) {
        const { language, expect, extension } = script;
        const keyed = extension ? settings.extensionDigits.replace('{extension}', extension) : '';
        const time = longest - keying(keyed);
        const questions = questionsWithin(time, expect, name => said.lasts(language, name));
        const about: Conversation = { delivery, language, expect, keys: '', questions };
        const form = new URLSearchParams({
          To: to,
          From: settings.from,
          Twiml: ask(about, speech),
          Timeout: String(rings / 1000),
          TimeLimit: String(longest / 1000),
          StatusCallback: account.address('status', { delivery }),
          ...(extension ? { SendDigits: keyed } : {}),
          ...(settings.machineDetection && !extension
            ? {
                MachineDetection: 'Enable',
                AsyncAmd: 'true',
                AsyncAmdStatusCallback: account.address('machine', { delivery }),
              }
            : {}),
        });
        for (const event of ['initiated', 'ringing', 'answered', 'completed'])
          form.append('StatusCallbackEvent', event);
        const taken = await place(delivery, form, signal);
        const { reference } = { reference: undefined, ...taken };
        if (reference === undefined) return taken;
        const stop = (): void => {
          hangUp(reference);
          tell(delivery, 'failed');
        };
        if (signal.aborted) stop();
        else {
          signal.addEventListener('abort', stop, { once: true });
          setTimeout(() => signal.removeEventListener('abort', stop), minutes(2)).unref();
        }
        return taken;
      },
      routes: async server => {
        type About = { Querystring: { delivery?: string; call?: string; proof?: string } };
        server.post<About>('/status', async (request, reply) => {
          const form = await account.signed(request, reply);
          if (!form) return reply;
          const { delivery } = request.query;
          const sid = form.get('CallSid');
          if (delivery && sid && asked.has(delivery)) know(delivery, { sid });
          tell(delivery, states[form.get('CallStatus') ?? '']);
          return reply.code(204).send();
        });
        server.post<About>('/machine', async (request, reply) => {
          const form = await account.signed(request, reply);
          if (!form) return reply;
          if (/^(machine|fax)/.test(form.get('AnsweredBy') ?? '')) {
            tell(request.query.delivery, 'voicemail');
            hangUp(form.get('CallSid') ?? '');
          }
          return reply.code(204).send();
        });
        server.post<About>('/keys', async (request, reply) => {
          const form = await account.signed(request, reply);
          if (!form) return reply;
          const about = conversation.safeParse(unwrap(key, request.query.call));
          if (!about.success) return reply.code(403).type('text/plain').send('not an address of ours\n');
          const { twiml, state } = hear(about.data, form.get('Digits') ?? '', speech);
          tell(about.data.delivery, state);
          return reply.type('text/xml; charset=utf-8').send(twiml);
        });
        server.get<About & { Params: { file: string } }>('/prompts/:file', async (request, reply) => {
          const { file } = request.params;
          const path = said.path(file);
          if (path === undefined || !isProof(key, request.query.proof, file))
            return reply.code(403).type('text/plain').send('not an address of ours\n');
          return reply
            .type('audio/wav')
            .header('Cache-Control', 'public, max-age=86400')
            .send(await readFile(path));
        });
      },
      close: async () => account.close(),
    };
  },
};
