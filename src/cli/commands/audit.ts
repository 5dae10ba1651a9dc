import {
  type Actor,
  type AuditKind,
  type AuditQuery,
  type AuditRecord,
  auditKinds,
  type Finding,
} from '../../audit/index.ts';
import { isId } from '../../kit/ids.ts';
import { readReference, referenceOf } from '../../kit/reference.ts';
import {
  type Command,
  type CommandContext,
  CommandFailed,
  command,
  type OptionSpecs,
  type Values,
} from '../command.ts';
import { createPrivateFile } from '../files.ts';
import { confirmed, findUser, oneOf } from '../finding.ts';
import { showProgress } from '../progress.ts';
import { tableOr } from '../table-text.ts';
import { readTime, shownTime } from '../time.ts';

const queryOptions = {
  user: { kind: 'text', value: 'user' },
  reference: { kind: 'text', value: 'number' },
  kind: { kind: 'list', value: 'kind' },
  from: { kind: 'text', value: 'time' },
  to: { kind: 'text', value: 'time' },
} as const satisfies OptionSpecs;

async function queryFrom(context: CommandContext, options: Values<typeof queryOptions>): Promise<AuditQuery> {
  const kinds = options.kind.map((kind): AuditKind => oneOf(context, '--kind', kind, auditKinds));
  return {
    user: options.user === undefined ? undefined : (await findUser(context, options.user)).id,
    correlation: options.reference === undefined ? undefined : await findStory(context, options.reference),
    kinds: kinds.length > 0 ? kinds : undefined,
    from: readTime(context, '--from', options.from),
    to: readTime(context, '--to', options.to),
  };
}

/** What a page's reference number stands for, however it was typed; or an id, as `--json` prints it. */
async function findStory({ audit, clock, words }: CommandContext, typed: string): Promise<string> {
  const id = typed.trim().toLowerCase();
  if (isId(id)) return id;
  const sought = readReference(typed, clock.now());
  if (!sought) throw new CommandFailed(words.audit.noReference({ typed }));
  const found = await audit.correlationsCalled(sought);
  const [only, ...others] = found;
  const number = sought.reference;
  if (only === undefined)
    throw new CommandFailed(words.audit.unknownReference({ number }), {
      next: words.audit.unknownReferenceNext({ number }),
    });
  if (others.length > 0)
    throw new CommandFailed([words.audit.severalCalled({ number }), ...found].join('\n  '), {
      data: { found },
    });
  return only;
}

const withReference = (record: AuditRecord): AuditRecord & { readonly reference: string | undefined } => ({
  ...record,
  reference: record.correlation === undefined ? undefined : referenceOf(record.correlation),
});

/** Of those who are still here, by id. */
async function loginNames(
  { directory }: CommandContext,
  records: readonly AuditRecord[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(
    records.flatMap(({ user, actor }) => [user, actor?.is === 'user' ? actor.id : undefined]),
  );
  const users = await Promise.all([...ids].map(id => id && directory.users.byId(id)));
  return new Map(users.flatMap(user => (user ? [[user.id, user.loginName] as const] : [])));
}

function shownActor(actor: Actor | undefined, names: ReadonlyMap<string, string>): string {
  if (actor === undefined) return '';
  if (actor.is === 'office') return actor.name;
  return actor.is === 'system' ? actor.is : (names.get(actor.id) ?? actor.id);
}

const list = command({
  path: 'audit list',
  options: { ...queryOptions, limit: { kind: 'number', value: 'n' }, after: { kind: 'text', value: 'id' } },
  async run(context, options) {
    const { audit, words } = context;
    const { limit = 50, after } = options;
    const page = await audit.list({
      ...(await queryFrom(context, options)),
      limit: Math.min(limit, 10_000),
      after,
    });
    const names = await loginNames(context, page.records);
    const rows = page.records.map(record => [
      shownTime(context, record.at),
      record.kind,
      names.get(record.user ?? '') ?? record.user ?? '',
      shownActor(record.actor, names),
      record.address ?? '',
      withReference(record).reference ?? '',
      record.detail ? JSON.stringify(record.detail) : '',
    ]);
    const headings = [
      `${words.headings.time} (${context.timeZone})`,
      words.headings.kind,
      words.headings.loginName,
      words.headings.actor,
      words.headings.address,
      words.headings.number,
      words.headings.detail,
    ];
    return {
      data: { ...page, records: page.records.map(withReference) },
      text: tableOr(words.outcome.nothing, headings, rows),
      ...(page.next === undefined ? {} : { next: words.outcome.page({ next: page.next }) }),
    };
  },
});

const verify = command({
  path: 'audit verify',
  options: { from: { kind: 'number', value: 'seal' }, checkpoint: { kind: 'text', value: 'checkpoint' } },
  async run(context, { from, checkpoint }) {
    const { audit, words, stderr } = context;
    const progress = showProgress(stderr, words.outcome.phases.verifying);
    const found = await audit
      .verify({
        ...(from === undefined ? {} : { from }),
        ...(checkpoint === undefined ? {} : { checkpoint }),
        onProgress: ({ records }) => progress.soFar(records),
      })
      .finally(progress.end);
    if (found.finding)
      throw new CommandFailed(words.audit.broken({ what: findingWords(context, found.finding) }), {
        data: found,
        next: words.audit.brokenNext,
      });
    return { data: found, text: words.audit.whole(found) };
  },
});

/** What was found, in a sentence; `--json` has all of it. */
function findingWords(context: CommandContext, finding: Finding): string {
  const { words } = context;
  const why: Readonly<Record<string, string>> = words.audit.findings;
  if (finding.what === 'record') {
    const { id, at, kind = '', seal } = finding;
    return words.audit.record({
      why: why[finding.why] ?? finding.why,
      id,
      at: shownTime(context, at),
      kind,
      seal: seal === undefined ? '' : String(seal),
    });
  }
  if (finding.what === 'seal')
    return words.audit.seal({ why: why[finding.why] ?? finding.why, number: finding.number });
  return words.audit.checkpoint;
}

const exported = command({
  path: 'audit export',
  options: {
    ...queryOptions,
    format: { kind: 'text', value: 'csv|json-lines' },
    output: { kind: 'text', value: 'file' },
  },
  async run(context, options) {
    const { audit, actor, words, stdout } = context;
    const format = oneOf(context, '--format', options.format ?? 'csv', ['csv', 'json-lines'] as const);
    const file = options.output === undefined ? undefined : createPrivateFile(context, options.output);
    const write = file?.write ?? stdout.write;
    for await (const piece of audit.export({ ...(await queryFrom(context, options)), format, actor }))
      write(piece);
    file?.keep();
    const { output } = options;
    return {
      data: { output },
      ...(output === undefined ? {} : { text: words.files.written({ file: output }) }),
    };
  },
});

const checkpoint = command({
  path: 'audit checkpoint',
  async run({ audit, words }) {
    const head = await audit.checkpoint();
    return { data: { checkpoint: head }, text: head ?? words.audit.empty };
  },
});

const prune = command({
  path: 'audit prune',
  options: { before: { kind: 'text', value: 'time', required: true }, yes: { kind: 'flag' } },
  async run(context, { before, yes }) {
    const { audit, actor, words } = context;
    const instant = readTime(context, '--before', before) ?? 0;
    confirmed(context, yes, words.audit.before({ time: shownTime(context, instant) }));
    const removed = await audit.prune(instant, actor);
    return { data: removed, text: words.audit.pruned(removed) };
  },
});

export const auditCommands: readonly Command[] = [list, verify, exported, checkpoint, prune];
