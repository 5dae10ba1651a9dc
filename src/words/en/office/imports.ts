/** Users from a CSV file. */
export const imports = {
  failed: (p: { file: string; n: number }) =>
    `${p.file} was not imported: ${p.n} problem(s). Nothing was changed.`,
  failedNext: 'mend these lines and try again with --dry-run',
  fine: (p: { file: string; n: number; groups: number; encoding: string }) =>
    `${p.file} has no problem: ${p.n} user(s) and ${p.groups} new group(s) would be created (read as ${p.encoding}).`,
  passwords: (p: { generated: number; clear: number; hash: number }) =>
    `Passwords: ${p.generated} to be generated, ${p.clear} from the file to be hashed, ${p.hash} hashed already.`,
  takes: (p: { seconds: number; rate: number }) =>
    `Hashing takes about ${p.seconds < 90 ? `${p.seconds} second(s)` : `${Math.ceil(p.seconds / 60)} minutes`} on this machine (${p.rate} a second).`,
  fineNext: (p: { passwords: boolean }): string =>
    p.passwords
      ? 'the same without --dry-run, with --passwords and the name of a new file'
      : 'the same without --dry-run',
  done: (p: { n: number; groups: number; number: string }) =>
    `${p.n} user(s) and ${p.groups} group(s) were created. In the log under ${p.number}.`,
  passwordsWritten: (p: { file: string; n: number; until: string }) =>
    `${p.file} holds ${p.n} initial password(s). They may be used until ${p.until} and must be changed at the first sign-in.`,
  passwordsWrittenNext: 'hand the passwords out, then delete the file',
  taken: (p: { names: string; n: number }) =>
    `Nothing was imported: meanwhile ${p.n} name(s) were taken or deleted: ${p.names}`,
  takenNext: 'try again with --dry-run',
  passwordsNeeded: (p: { n: number }) => `${p.n} password(s) would be generated, and nobody would know them.`,
  passwordsNeededNext: 'say where to write them: --passwords initial-passwords.csv',
  line: (p: { line: number; what: string }) => `line ${p.line}: ${p.what}`,
  moreProblems: (p: { n: number }) => `… and ${p.n} more (--json lists all)`,
  twiceInFile: (p: { field: string; value: string; line: number }) =>
    `${p.field} "${p.value}" is also on line ${p.line}`,
  weakPassword: (p: { because: string }) => `Password: ${p.because}`,
  hashNotAccepted:
    'Password: only hashes of argon2id can be taken over ($argon2id$v=19$…). Leave the cell empty to generate a password',
  notYesOrNo: (p: { value: string | undefined }) => `Enabled "${p.value ?? ''}" is neither yes nor no`,
  unknownColumn: (p: { column: string; guess: string | undefined }) =>
    `the column "${p.column}" is not known${p.guess ? `; did you mean "${p.guess}"?` : '.'} Say what it holds (--map "${p.column}=mail") or that it does not matter (--map "${p.column}=-")`,
  columnTwice: (p: { field: string }) => `two columns hold the same: ${p.field}`,
  missingColumn: (p: { field: string }) =>
    `no column holds: ${p.field}. Say which one it is: --map "column=${p.field}"`,
  noSuchColumn: (p: { column: string }) => `--map names a column "${p.column}" that the file does not have`,
  spreadsheet:
    'this is a spreadsheet and not CSV, whatever its name is. Save it in Excel as "CSV UTF-8" and try again',
  headingAgain: 'the headings stand here a second time; take this line out',
  utf16: 'this is UTF-16 ("Unicode text"). Save it in Excel as "CSV UTF-8" and try again',
  tooLarge: 'the file is larger than 64 MB; split it',
  undecodable:
    'there are bytes here that are neither UTF-8 nor Shift_JIS. Save it in Excel as "CSV UTF-8" and try again',
  nothingInIt: 'there is nothing in it: a line of headings and one line for each user are needed',
  brokenQuotes: 'a quotation mark is not closed, or stands where none may; what follows could not be read',
  tooManyCells: 'more cells than there are headings',
  badMap: (p: { value: string; fields: string }) =>
    `--map "${p.value}" is not column=field. Fields: ${p.fields}, or - to pass it over`,
  initialPasswordHeadings: 'Login name,Name,Initial password,May be used until',
};
