import type { User } from '../../directory/index.ts';
import {
  openPasses,
  type Passes,
  type PassMade,
  printedPass,
  slipsPage,
} from '../../methods/temporary-access-pass/index.ts';
import { tellPerson } from '../../registration/index.ts';
import { type Command, type CommandContext, CommandFailed, command } from '../command.ts';
import { createPrivateFile } from '../files.ts';
import { findUser, oneOf } from '../finding.ts';
import { readTime, shownTime } from '../time.ts';

type Made = Extract<PassMade, { made: true }>;

const passesFor = ({ storage, audit, clock }: CommandContext): Passes =>
  openPasses({
    storage,
    audit,
    clock,
    tell: (tx, user) =>
      tellPerson(
        tx,
        { sealer: storage.sealer, now: clock.now() },
        { user, what: 'added', credential: { method: 'temporary-access-pass', detail: '' } },
      ),
  });

const create = command({
  path: 'pass create',
  arguments: ['<users...>'],
  options: {
    length: { kind: 'number', value: 'signs' },
    minutes: { kind: 'number', value: 'minutes' },
    uses: { kind: 'text', value: 'one|many' },
    starts: { kind: 'text', value: 'time' },
    slips: { kind: 'text', value: 'file.html' },
  },
  async run(context, { length, minutes, uses, starts, slips: file }, ...names) {
    const { words, actor } = context;
    const how = {
      length,
      minutes,
      uses: uses === undefined ? undefined : oneOf(context, '--uses', uses, ['one', 'many'] as const),
      startsAt: readTime(context, '--starts', starts),
    };
    // Everybody is found, and the file can be written, before the first pass takes the place of an older one.
    const users = await Promise.all([...new Set(names)].map(name => findUser(context, name)));
    const paper = file === undefined ? undefined : createPrivateFile(context, file);
    const passes: { readonly user: User; readonly made: Made }[] = [];
    try {
      for (const user of users) {
        const made = await passesFor(context).make({ user: user.id, ...how }, actor);
        if (!made.made) throw new CommandFailed(words.passes.refused[made.because]);
        passes.push({ user, made });
      }
      paper?.write(await slipsOf(context, passes));
      paper?.keep();
    } catch (error) {
      paper?.remove();
      throw error;
    }
    const data = {
      passes: passes.map(({ user, made: { pass, uses: often, startsAt, endsAt } }) => ({
        user: user.id,
        loginName: user.loginName,
        pass: printedPass(pass),
        uses: often,
        startsAt,
        endsAt,
      })),
      ...(file === undefined ? {} : { slips: file }),
    };
    if (file !== undefined)
      return {
        data,
        text: words.passes.printed({ n: passes.length, file }),
        next: words.passes.printedNext({ file }),
      };
    const lines = passes.map(({ user, made }) =>
      words.passes.made({
        name: user.loginName,
        pass: printedPass(made.pass),
        from: shownTime(context, made.startsAt),
        until: shownTime(context, made.endsAt),
        once: made.uses === 'one',
      }),
    );
    return { data, text: lines.join('\n'), next: words.passes.madeNext };
  },
});

async function slipsOf(
  { directory, url }: CommandContext,
  passes: readonly { readonly user: User; readonly made: Made }[],
): Promise<string> {
  const { name, timeZone } = await directory.settings.get('organisation');
  return slipsPage(
    passes.map(({ user: { displayName, loginName, language }, made }) => ({
      made,
      displayName,
      loginName,
      language,
    })),
    { organisation: name, timeZone, address: `${new URL(url).origin}/` },
  );
}

const remove = command({
  path: 'pass delete',
  arguments: ['<user>'],
  async run(context, _, name = '') {
    const { words, actor } = context;
    const { id, loginName } = await findUser(context, name);
    if (!(await passesFor(context).takeAway(id, actor)))
      throw new CommandFailed(words.passes.none({ name: loginName }));
    return { data: { user: id }, text: words.passes.deleted({ name: loginName }) };
  },
});

export const passCommands: readonly Command[] = [create, remove];
