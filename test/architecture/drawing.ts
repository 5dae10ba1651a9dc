/**
 * The drawing of ARCHITECTURE.md as a table, from the left and top to the right and bottom.
 * A room may import what stands on a later line, and nothing on its own line or an earlier one.
 */
export const drawing: readonly (readonly string[])[] = [
  ['src/cli'],
  // a made-up university, to try it all
  ['src/demo'],
  ['src/main.ts'],
  // the only place where parts are created and joined; what it has in common with the commands; what is over goes
  ['src/app.ts'],
  ['src/foundation.ts', 'src/sweeping.ts'],
  // doors: how applications, people and administrators come in
  ['src/protocols', 'src/account'],
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

/**
 * What stands outside the drawing, and runs somewhere else: it talks to Genkan over the network, and
 * imports nothing of it but what is named here.
 */
export const strangers: Readonly<Record<string, readonly string[]>> = {
  // it looks like one of ours, and is not
  sample: ['web/ui/index.ts', 'src/words/index.ts'],
  'web/enhance': ['web/ui/find-country.ts'],
  // what a device says and signs is agreed in one place
  // what it says, what it signs, and the shape of what it is told
  'web/authenticator': [
    'src/words/en/authenticator.ts',
    'src/words/ja/authenticator.ts',
    'src/methods/authenticator/statement.ts',
    'src/methods/authenticator/api.ts',
    'web/ui/icon.tsx',
  ],
};

/**
 * A room is entered through its `index.ts`, or through an interface file that it names here. A star stands
 * for one name. Rooms inside a room (`src/methods/phone`) have an `index.ts` and nothing else.
 */
export const doors: Readonly<Record<string, readonly string[]>> = {
  // what every protocol asks of us, and the one place that answers
  'src/protocols': ['door.ts', 'directory.ts', '*/index.ts'],
  'src/protocols/oidc': ['door.ts'],
  'src/protocols/external-mfa': ['door.ts'],
  'src/methods': ['method.ts', 'refusal.ts', 'otp.ts', 'lockout.ts', '*/index.ts'],
  'src/gateways': ['gateway.ts', 'phone-number.ts', '*/index.ts'],
  'src/policies': ['evidence.ts'],
  'src/audit': ['event.ts'],
  'src/http': ['*.ts', '*.tsx'],
  // English is the type that the other languages satisfy, section by section
  'src/words/en': ['*.ts', 'office/*.ts'],
  'src/words/en/office': ['*.ts'],
  'src/wire': ['*/index.ts'],
  // the private PostgreSQL, for whoever starts Genkan
  'src/storage': ['embedded/index.ts'],
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
export const lists = /^src\/(words\/.*|methods\/password\/banned)\.ts$/;

export const longestFile = 350;
export const largestKit = 12;
