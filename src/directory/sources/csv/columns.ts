import { nearest } from '../../../kit/nearest.ts';

export const fields = [
  'loginName',
  'displayName',
  'mail',
  'language',
  'groups',
  'enabled',
  'password',
] as const;
export type Field = (typeof fields)[number];

export const isField = (text: string): text is Field => (fields as readonly string[]).includes(text);

/** What people call the columns, without regard to case, width, spaces and hyphens. */
const names: Readonly<Record<Field, readonly string[]>> = {
  loginName: [
    'loginname',
    'login',
    'loginid',
    'username',
    'userid',
    'user',
    'uid',
    'account',
    'accountname',
    'userprincipalname',
    'upn',
    'studentnumber',
    'studentid',
    'ログイン名',
    'ログインid',
    'ユーザー名',
    'ユーザ名',
    'ユーザーid',
    'ユーザid',
    'ユーザー',
    'アカウント',
    'アカウント名',
    '利用者id',
    '利用者番号',
    '学籍番号',
    '学生番号',
    '職員番号',
    '教職員番号',
    '社員番号',
  ],
  displayName: ['displayname', 'name', 'fullname', '氏名', '名前', '姓名', '表示名'],
  mail: ['mail', 'email', 'emailaddress', 'mailaddress', 'メール', 'メールアドレス', 'eメール', '電子メール'],
  language: ['language', 'lang', 'locale', 'preferredlanguage', '言語', '表示言語', '使用言語'],
  groups: ['groups', 'group', 'memberof', 'グループ', 'グループ名', '所属グループ'],
  enabled: ['enabled', 'accountenabled', 'active', '有効', '状態'],
  password: ['password', 'passwd', 'initialpassword', 'passwordhash', 'パスワード', '初期パスワード'],
};

/** The form in which headings are compared. */
export const headingKey = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.\-‐ー]/gu, '');

const known: ReadonlyMap<string, Field> = new Map(
  fields.flatMap(field => names[field].map(name => [headingKey(name), field] as const)),
);

/** A name that was probably meant: near, and made of the same signs for the most part. */
function guessFor(key: string): string | undefined {
  const near = nearest(key, [...known.keys()]);
  if (near === undefined) return undefined;
  const common = [...near].filter(sign => key.includes(sign)).length;
  return common * 2 > key.length
    ? Object.values(names)
        .flat()
        .find(name => headingKey(name) === near)
    : undefined;
}

/** Which column holds what; `'-'` is a column that is passed over on purpose. */
export type ColumnMap = Readonly<Record<string, Field | '-'>>;

export interface HeaderProblem {
  readonly problem: 'unknown-column' | 'column-twice' | 'missing-column' | 'no-such-column';
  readonly column: string;
  readonly guess?: string;
}

export interface Columns {
  /** by position; undefined is passed over */
  readonly fields: readonly (Field | undefined)[];
  readonly problems: readonly HeaderProblem[];
}

/** Reads the first line. Every column must be understood or passed over on purpose: a misspelt one would be lost in silence. */
export function readHeader(header: readonly string[], map: ColumnMap = {}): Columns {
  const said = new Map(Object.entries(map).map(([column, field]) => [headingKey(column), field]));
  const problems: HeaderProblem[] = [];
  const read = header.map(column => {
    const key = headingKey(column);
    const field = said.get(key) ?? known.get(key) ?? (key === '' ? '-' : undefined);
    if (field === undefined) {
      const guess = guessFor(key);
      problems.push({
        problem: 'unknown-column',
        column: column.trim(),
        ...(guess === undefined ? {} : { guess }),
      });
    }
    return field === '-' ? undefined : field;
  });
  for (const field of fields)
    if (read.filter(other => other === field).length > 1)
      problems.push({ problem: 'column-twice', column: field });
  for (const field of ['loginName', 'displayName'] as const)
    if (!read.includes(field)) problems.push({ problem: 'missing-column', column: field });
  for (const column of Object.keys(map))
    if (!header.some(present => headingKey(present) === headingKey(column)))
      problems.push({ problem: 'no-such-column', column });
  return { fields: read, problems };
}
