import type { User } from '../../directory/index.ts';
import {
  openPasses,
  type Passes,
  type PassMade,
  printedPass,
} from '../../methods/temporary-access-pass/index.ts';
import { tellPerson } from '../../registration/index.ts';
import { type Language, languages, wordsFor } from '../../words/index.ts';
import { type Command, type CommandContext, CommandFailed, command } from '../command.ts';
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
  arguments: ['<user>'],
  options: {
    length: { kind: 'number', value: 'signs' },
    minutes: { kind: 'number', value: 'minutes' },
    uses: { kind: 'text', value: 'one|many' },
    starts: { kind: 'text', value: 'time' },
    slip: { kind: 'flag' },
  },
  async run(context, { length, minutes, uses, starts, slip }, name = '') {
    const { words, actor } = context;
    const user = await findUser(context, name);
    const made = await passesFor(context).make(
      {
        user: user.id,
        length,
        minutes,
        uses: uses === undefined ? undefined : oneOf(context, '--uses', uses, ['one', 'many'] as const),
        startsAt: readTime(context, '--starts', starts),
      },
      actor,
    );
    if (!made.made) throw new CommandFailed(words.passes.refused[made.because]);
    const pass = printedPass(made.pass);
    const { startsAt, endsAt } = made;
    const data = {
      user: user.id,
      loginName: user.loginName,
      pass,
      uses: made.uses,
      startsAt,
      endsAt,
      ...(slip ? { slip: await slipOf(context, user, made) } : {}),
    };
    if (data.slip !== undefined) return { data, text: data.slip };
    const [from, until] = [shownTime(startsAt), shownTime(endsAt)];
    return {
      data,
      text: words.passes.made({ name: user.loginName, pass, from, until, once: made.uses === 'one' }),
      next: words.passes.madeNext,
    };
  },
});

/** What is handed over, in every language: the person's own first. */
async function slipOf({ directory }: CommandContext, user: User, made: Made): Promise<string> {
  const { name, timeZone } = await directory.settings.get('organisation');
  const time = (language: Language, at: number): string =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);
  const inOrder = languages.toSorted((a, b) => Number(b === user.language) - Number(a === user.language));
  const parts = inOrder.map(language => {
    const { pass: t, page } = wordsFor(language);
    return [
      t.slipTitle({ organisation: name[language] || page.product }),
      '',
      t.slipFor({ name: user.displayName, loginName: user.loginName }),
      t.slipPass({ pass: printedPass(made.pass) }),
      t.slipFrom({ from: time(language, made.startsAt), to: time(language, made.endsAt) }),
      made.uses === 'one' ? t.slipOnce : t.slipOften,
      '',
      t.slipUse,
      t.slipKeep,
    ].join('\n');
  });
  return parts.join(`\n\n${'-'.repeat(40)}\n\n`);
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
