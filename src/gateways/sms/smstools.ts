import { constants } from 'node:fs';
import { access, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { days, minutes, seconds } from '../../kit/clock.ts';
import type { TextDriver } from '../driver.ts';
import type { Reports, TextOutcome } from '../gateway.ts';
import { watchOver } from '../http/watch.ts';
import { isAbout, type Kept, keptOf, reportIn } from './smstools-reports.ts';

const settings = z.strictObject({
  /** the spool of smsd, with outgoing, sent and failed in it */
  folder: z.string().min(1).default('/var/spool/sms'),
  /** of smsd.conf, when there are several modems */
  queue: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
  /** where smsd puts the network's reports (`report = …`); they are asked for where this is said */
  reports: z.string().min(1).optional(),
  /** how often the folders are looked at, in ms */
  every: z.number().int().min(50).max(60_000).default(1000),
});

/** What lies in these folders came to this end. That a modem sent it is not yet that a telephone has it. */
const ends = { sent: 'accepted', failed: 'undelivered' } as const satisfies Record<string, TextOutcome>;

/** A report that comes later is about another text of the same number: a modem counts to 255. */
const reportsWithin = days(1);

/** A code that waits longer opens nothing any more. */
const patience = minutes(4);

/** Texts by a modem, through the spool folder of smstools' smsd. */
export const smstoolsText: TextDriver<z.output<typeof settings>> = {
  name: 'smstools',
  kind: 'text',
  settings,
  open(id, settings, deps) {
    const outgoing = join(settings.folder, 'outgoing');
    const sentFolder = join(settings.folder, 'sent');
    // No name of a gateway has this sign in it: those of `modem-2` do not look like those of `modem`.
    const prefix = `genkan-${id}_`;
    /** of what is kept of texts that were sent */
    const keptPrefix = `.${prefix}`;
    const key = deps.key('reports');
    let reports: Reports | undefined;
    let timer: NodeJS.Timeout | undefined;
    let closed = false;
    let told = '';

    const watch = watchOver(async () => {
      const folders = ['outgoing', ...Object.keys(ends)].map(name => join(settings.folder, name));
      for (const folder of [...folders, ...(settings.reports === undefined ? [] : [settings.reports])])
        await access(folder, constants.R_OK | constants.W_OK);
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
          if (name === 'sent' && settings.reports !== undefined) await keep(join(folder, file), file);
          await unlink(join(folder, file)).catch(missing);
          tell(file, outcome);
        }
      }
      if (settings.reports !== undefined) await lookForReports(settings.reports);
      for (const file of await ours(outgoing)) {
        if ((await ageOf(join(outgoing, file))) < patience) continue;
        // Gone in this moment: smsd has it, and it ends in one of the other folders.
        const removed = await unlink(join(outgoing, file)).then(() => true, missing);
        if (removed) tell(file, 'undelivered');
      }
    }

    /** The text itself goes: what is left says which report will be about it. */
    async function keep(path: string, file: string): Promise<void> {
      const sent = await readFile(path, 'utf8').catch(missing);
      const kept = sent && keptOf(sent, key);
      if (kept) await writeFile(join(sentFolder, `.${file}`), JSON.stringify(kept), { mode: 0o600 });
    }

    /** Those that are about texts of ours are taken away; what others wait for stays. */
    async function lookForReports(folder: string): Promise<void> {
      const texts: { readonly name: string; readonly kept: Kept }[] = [];
      for (const name of (await readdir(sentFolder)).filter(name => name.startsWith(keptPrefix))) {
        const path = join(sentFolder, name);
        if ((await ageOf(path)) > reportsWithin) await unlink(path).catch(missing);
        else texts.push({ name, kept: JSON.parse(await readFile(path, 'utf8')) });
      }
      if (texts.length === 0) return;
      for (const name of (await readdir(folder)).filter(name => !name.endsWith('.LOCK'))) {
        const path = join(folder, name);
        const report = reportIn((await readFile(path, 'utf8').catch(missing)) ?? '', key);
        const about = report && texts.find(({ kept }) => isAbout(report, kept));
        if (!report || !about) continue;
        await unlink(path).catch(missing);
        if (report.outcome === undefined) continue;
        await unlink(join(sentFolder, about.name)).catch(missing);
        tell(about.name.slice(1), report.outcome);
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
          ...(settings.reports === undefined ? [] : ['Report: yes']),
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
