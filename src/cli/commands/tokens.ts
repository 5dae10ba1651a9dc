import { type Done, type FileProblem, openTokens, type Tokens } from '../../methods/hardware-token/index.ts';
import { tellPerson } from '../../registration/index.ts';
import { type Command, type CommandContext, CommandFailed, command, type Output } from '../command.ts';
import { readInput } from '../files.ts';
import { findUser } from '../finding.ts';
import { tableOr } from '../table-text.ts';

const tokensOf = ({ storage, audit, clock, directory }: CommandContext): Tokens =>
  openTokens({
    storage,
    audit,
    clock,
    userNamed: async loginName => (await directory.users.byLoginName(loginName))?.id,
    tell: (tx, user, what, serial) =>
      tellPerson(
        tx,
        { sealer: storage.sealer, now: clock.now() },
        { user, what, credential: { method: 'hardware-token', detail: serial } },
      ),
  });

const importing = command({
  path: 'tokens import',
  arguments: ['<file>'],
  options: { 'key-file': { kind: 'text', value: 'file' } },
  async run(context, options, file = '') {
    const { words, actor } = context;
    const keyFile = options['key-file'];
    const key =
      keyFile === undefined
        ? undefined
        : Buffer.from(readInput(context, keyFile).toString('utf8').trim(), 'hex');
    const done = await tokensOf(context).import(readInput(context, file).toString('utf8'), key, actor);
    if (done.imported)
      return { data: done, text: words.tokens.imported(done), next: words.tokens.importedNext({ file }) };
    const line = ({ line: number, problem, value }: FileProblem): string =>
      `  ${words.tokens.line({ line: number, value, problem: words.tokens.problems[problem] })}`;
    throw new CommandFailed([words.tokens.notImported({ file }), ...done.problems.map(line)].join('\n'), {
      data: { problems: done.problems },
    });
  },
});

const listing = command({
  path: 'tokens list',
  async run(context) {
    const { words, directory } = context;
    const all = await tokensOf(context).list();
    const rows = await Promise.all(
      all.map(async token => [
        token.serial,
        words.tokens.states[token.state],
        token.user === undefined ? '' : ((await directory.users.byId(token.user))?.loginName ?? token.user),
        token.moves === 'press' ? 'HOTP' : `TOTP ${token.period} s`,
        `${token.manufacturer} ${token.model}`.trim(),
      ]),
    );
    return {
      data: all,
      text: tableOr(
        words.outcome.nothing,
        [words.headings.number, words.headings.state, words.headings.loginName, words.headings.kind, ''],
        rows,
      ),
    };
  },
});

/** An act on one token; what came of it in a sentence. */
async function told(context: CommandContext, serial: string, done: Promise<Done>): Promise<Output> {
  const { words } = context;
  const result = await done;
  if (result !== 'done') throw new CommandFailed(words.tokens.refused[result]);
  return { data: { serial }, text: words.tokens.changed({ serial }) };
}

export const tokenCommands: readonly Command[] = [
  importing,
  listing,
  command({
    path: 'tokens assign',
    arguments: ['<serial>', '<user>'],
    async run(context, _, serial = '', name = '') {
      const { id } = await findUser(context, name);
      return told(context, serial, tokensOf(context).assign(serial, id, context.actor));
    },
  }),
  command({
    path: 'tokens unassign',
    arguments: ['<serial>'],
    run: (context, _, serial = '') =>
      told(context, serial, tokensOf(context).unassign(serial, context.actor)),
  }),
  command({
    path: 'tokens lost',
    arguments: ['<serial>'],
    run: (context, _, serial = '') =>
      told(context, serial, tokensOf(context).withdraw(serial, 'lost', context.actor)),
  }),
  command({
    path: 'tokens retire',
    arguments: ['<serial>'],
    run: (context, _, serial = '') =>
      told(context, serial, tokensOf(context).withdraw(serial, 'retired', context.actor)),
  }),
  command({
    path: 'tokens resync',
    arguments: ['<serial>', '<code>', '<next-code>'],
    run: (context, _, serial = '', first = '', second = '') =>
      told(context, serial, tokensOf(context).resync(serial, [first, second], context.actor)),
  }),
];
