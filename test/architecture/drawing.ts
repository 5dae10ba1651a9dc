/**
 * The drawing of ARCHITECTURE.md as a table, from the left and top to the right and bottom.
 * A room may import what stands on a later line, and nothing on its own line or an earlier one.
 */
export const drawing: readonly (readonly string[])[] = [
  ['src/main.ts'],
  ['src/cli'],
  ['src/app.ts'],
  // doors: how applications, people and administrators come in
  ['src/protocols', 'src/account', 'src/graph'],
  // left to right, the life of a request
  ['src/sessions'],
  ['src/sign-in'],
  ['src/registration'],
  ['src/methods'],
  ['src/simulator'],
  ['src/gateways'],
  // below: who exists, how much is enough, what happened
  ['src/directory'],
  ['src/policies', 'src/audit'],
  // the ground
  ['src/http'],
  ['web/ui'],
  ['src/storage', 'src/config'],
  ['src/words', 'src/wire'],
  ['src/kit'],
];

/** What stands outside the drawing: it talks to Genkan over the network, and imports nothing of it. */
export const strangers: readonly string[] = ['sample', 'web/enhance', 'web/authenticator'];

/**
 * A room is entered through its `index.ts`, or through an interface file that it names here. A star stands
 * for one name. Rooms inside a room (`src/methods/phone`) have an `index.ts` and nothing else.
 */
export const doors: Readonly<Record<string, readonly string[]>> = {
  'src/protocols': ['*/index.ts'],
  'src/methods': ['method.ts', 'refusal.ts', '*/index.ts'],
  'src/gateways': ['gateway.ts', 'phone-number.ts', '*/index.ts'],
  'src/policies': ['evidence.ts'],
  'src/audit': ['event.ts'],
  'src/http': ['*.ts', '*.tsx'],
  // English is the type that the other languages satisfy, section by section
  'src/words/en': ['*.ts'],
  'src/wire': ['*/index.ts'],
  'src/kit': ['*.ts'],
};

/** Rooms whose folders are alike and do not know each other. */
export const neighbours: readonly string[] = ['src/methods', 'src/protocols'];

/** What only tests may enter. */
export const forTests = /(^|\/|\.)testing\.tsx?$/;

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || forTests.test(path);

/** Names of folders that gather what nobody wanted to name. */
export const namelessFolders: readonly string[] = [
  'utils',
  'util',
  'helpers',
  'common',
  'lib',
  'misc',
  'shared',
];

/** Files that are one list, and as long as it is. */
export const lists: readonly string[] = ['src/methods/password/banned.ts'];

export const longestFile = 350;
export const largestKit = 12;
