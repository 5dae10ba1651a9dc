import type { GroupId } from '../../../kit/ids.ts';
import type { Db } from '../../../storage/index.ts';
import { nameKey } from '../../names.ts';
import { checkLines, type ImportProblem, type PasswordJudge, type PlannedUser } from './check.ts';
import { type ColumnMap, type Field, headingKey, readHeader } from './columns.ts';
import { decode, type Encoding } from './decode.ts';
import { readLines } from './rows.ts';

/** What an import would do, or why it will not. */
export interface ImportPlan {
  /** in order of line; when there is one, nothing is imported */
  readonly problems: readonly ImportProblem[];
  readonly encoding: Encoding | undefined;
  readonly columns: readonly Field[];
  readonly users: readonly PlannedUser[];
  /** by the key of their name */
  readonly knownGroups: ReadonlyMap<string, GroupId>;
  /** groups that the file names and that would be created */
  readonly newGroups: readonly string[];
  readonly passwords: { readonly generated: number; readonly clear: number; readonly hash: number };
}

export interface PlanOptions {
  readonly encoding?: Encoding | undefined;
  readonly map?: ColumnMap | undefined;
  /** creates groups that do not exist instead of naming them as problems */
  readonly createGroups?: boolean | undefined;
}

/** Reads a file of users and checks it against itself and the directory. Writes nothing. */
export async function planImport(
  db: Db,
  judge: PasswordJudge,
  file: Buffer,
  options: PlanOptions = {},
): Promise<ImportPlan> {
  const decoded = decode(file, options.encoding);
  if (!decoded.ok) return failed({ line: 'line' in decoded ? decoded.line : 1, problem: decoded.problem });
  const { header, lines, brokenAt } = readLines(decoded.text);
  const broken: ImportProblem[] =
    brokenAt === undefined ? [] : [{ line: brokenAt, problem: 'broken-quotes' }];
  if (header.length === 0 || (lines.length === 0 && broken.length === 0))
    return failed({ line: 1, problem: 'nothing-in-it' }, ...broken);
  const columns = readHeader(header, options.map);
  if (columns.problems.length > 0)
    return failed(...columns.problems.map(problem => ({ line: 1, ...problem })), ...broken);

  const { users, problems } = checkLines(lines, columns.fields, judge);
  // Two lists that were put together: the second heading would be somebody called that.
  const heading = header.map(headingKey).join();
  const again = lines
    .filter(({ cells }) => cells.map(headingKey).join() === heading)
    .map(({ line }): ImportProblem => ({ line, problem: 'heading-again' }));
  const taken = await takenNames(db, users);
  const knownGroups = await groupsByKey(db);
  const newGroups = new Map<string, string>();
  const found: ImportProblem[] = [...broken, ...again, ...problems];
  for (const { line, loginName, groups } of users) {
    if (taken.has(nameKey(loginName)))
      found.push({ line, field: 'loginName', problem: 'taken', value: loginName });
    for (const group of groups.filter(name => !knownGroups.has(nameKey(name)))) {
      if (options.createGroups) newGroups.set(nameKey(group), newGroups.get(nameKey(group)) ?? group);
      else found.push({ line, field: 'groups', problem: 'unknown-group', value: group });
    }
  }
  const count = (is: PlannedUser['password']['is']): number =>
    users.filter(user => user.password.is === is).length;
  return {
    problems: found.sort((a, b) => a.line - b.line),
    encoding: decoded.encoding,
    columns: columns.fields.filter(field => field !== undefined),
    users,
    knownGroups,
    newGroups: [...newGroups.values()],
    passwords: { generated: count('generated'), clear: count('clear'), hash: count('hash') },
  };
}

const failed = (...problems: readonly ImportProblem[]): ImportPlan => ({
  problems,
  encoding: undefined,
  columns: [],
  users: [],
  knownGroups: new Map(),
  newGroups: [],
  passwords: { generated: 0, clear: 0, hash: 0 },
});

const portion = 5_000;

async function takenNames(db: Db, users: readonly PlannedUser[]): Promise<ReadonlySet<string>> {
  const keys = users.map(({ loginName }) => nameKey(loginName)).filter(key => !key.includes('\0'));
  const taken = new Set<string>();
  for (let from = 0; from < keys.length; from += portion) {
    const rows = await db
      .selectFrom('login_names')
      .select('name')
      .where('name', 'in', keys.slice(from, from + portion))
      .execute();
    for (const { name } of rows) taken.add(name);
  }
  return taken;
}

async function groupsByKey(db: Db): Promise<ReadonlyMap<string, GroupId>> {
  const rows = await db.selectFrom('group_names').selectAll().execute();
  return new Map(rows.map(row => [row.name, row.group_id as GroupId]));
}
