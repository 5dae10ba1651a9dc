import { constants } from 'node:fs';
import { access, readdir, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { minutes, seconds } from '../../kit/clock.ts';
import type { TextDriver } from '../driver.ts';
import type { Reports, TextOutcome } from '../gateway.ts';
import { watchOver } from '../http/watch.ts';

const settings = z.strictObject({
  /** the spool of smsd, with outgoing, sent and failed in it */
  folder: z.string().min(1).default('/var/spool/sms'),
  /** of smsd.conf, when there are several modems */
  queue: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
  /** how often the folders are looked at, in ms */
  every: z.number().int().min(50).max(60_000).default(1000),
});

/** What lies in these folders came to this end. That a modem sent it is not yet that a telephone has it. */
const ends = { sent: 'accepted', failed: 'undelivered' } as const satisfies Record<string, TextOutcome>;

/** A code that waits longer opens nothing any more. */
const patience = minutes(4);

/** Texts by a modem, through the spool folder of smstools' smsd. */
export const smstoolsText: TextDriver<z.output<typeof settings>> = {
  name: 'smstools',
  kind: 'text',
  settings,
  open(id, settings, deps) {
    const outgoing = join(settings.folder, 'outgoing');
    const prefix = `genkan-${id}-`;
    let reports: Reports | undefined;
    let timer: NodeJS.Timeout | undefined;
    let closed = false;
    let told = '';

    const watch = watchOver(async () => {
      for (const name of ['outgoing', ...Object.keys(ends)])
        await access(join(settings.folder, name), constants.R_OK | constants.W_OK);
      const waiting = await ours(outgoing);
      const ages = await Promise.all(waiting.map(file => ageOf(join(outgoing, file))));
      return Math.max(0, ...ages) > seconds(60)
        ? 'texts wait: smsd or its modem does not take them'
        : undefined;
    }, deps.log);

    const ours = async (folder: string): Promise<readonly string[]> =>
      (await readdir(folder)).filter(file => file.startsWith(prefix) && !file.endsWith('.LOCK'));

    const ageOf = async (path: string): Promise<number> => {
      const found = await stat(path).catch(missing);
      return found ? Date.now() - found.mtimeMs : 0;
    };

    const tell = (file: string, outcome: TextOutcome): void =>
      reports?.text({ delivery: file.slice(prefix.length) }, outcome);

    /** Reports what was done with our texts, and takes them away: they have codes and numbers in them. */
    async function look(): Promise<void> {
      for (const [name, outcome] of Object.entries(ends)) {
        const folder = join(settings.folder, name);
        for (const file of await ours(folder)) {
          await unlink(join(folder, file)).catch(missing);
          tell(file, outcome);
        }
      }
      for (const file of await ours(outgoing)) {
        if ((await ageOf(join(outgoing, file))) < patience) continue;
        // Gone in this moment: smsd has it, and it ends in one of the other folders.
        const removed = await unlink(join(outgoing, file)).then(() => true, missing);
        if (removed) tell(file, 'undelivered');
      }
    }

    async function lookAgain(): Promise<void> {
      await look().catch((error: NodeJS.ErrnoException) => {
        if (told !== error.code) deps.log('warn', 'the spool cannot be read', { because: error.code });
        told = error.code ?? '';
      });
      if (!closed) timer = setTimeout(() => void lookAgain(), settings.every).unref();
    }

    return {
      kind: 'text',
      id,
      listen(to) {
        reports = to;
        void lookAgain();
      },
      state: watch.state,
      async send({ id: delivery, to, text }, signal) {
        if (signal.aborted) return { taken: false, reason: 'too late' };
        // Beside the folder that smsd watches, so that it never reads half a file.
        const part = join(settings.folder, `.${prefix}${delivery}`);
        const headers = [
          `To: ${to.replace(/\D/g, '')}`,
          'Alphabet: UTF-8',
          ...(settings.queue === undefined ? [] : [`Queue: ${settings.queue}`]),
        ];
        try {
          await writeFile(part, `${headers.join('\n')}\n\n${text}`, { mode: 0o660 });
          await rename(part, join(outgoing, prefix + delivery));
        } catch (error) {
          await unlink(part).catch(missing);
          const reason = (error as NodeJS.ErrnoException).code ?? 'the spool cannot be written';
          watch.tell(reason);
          return { taken: false, reason };
        }
        return { taken: true };
      },
      async close() {
        closed = true;
        clearTimeout(timer);
        watch.close();
      },
    };
  },
};

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
