import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { judge } from './architecture/judge.ts';
import { importsOf, type SourceFile, sourceIn } from './architecture/source.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const packages = (() => {
  const listed = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    dependencies: Object.keys({ ...listed.dependencies, ...listed.optionalDependencies }),
    devDependencies: Object.keys(listed.devDependencies),
  };
})();

test('imports point right or down, rooms are entered by their doors, and files are small', () => {
  const folders = ['src', 'web', 'sample'].filter(folder => existsSync(join(root, folder)));
  const broken = judge(sourceIn(root, folders), packages);
  assert.equal(broken.length, 0, `${broken.length} things break the drawing:\n  ${broken.join('\n  ')}\n`);
});

/** A file as text, and what is wrong with it; the other files only have to exist. */
const fakes: readonly (readonly [path: string, text: string, broken: string | undefined])[] = [
  [
    'src/policies/decide.ts',
    `import { openGateways } from '../gateways/index.ts';`,
    'src/policies/decide.ts → src/gateways/index.ts: gateways is left of or above policies',
  ],
  [
    'src/policies/decide.ts',
    `import type { Audit } from '../audit/index.ts';`,
    'src/policies/decide.ts → src/audit/index.ts: policies and audit do not know each other',
  ],
  [
    'src/sign-in/engine.ts',
    `export {\n  openSessions,\n  type Session,\n} from '../sessions/index.ts';`,
    'src/sign-in/engine.ts → src/sessions/index.ts: sessions is left of or above sign-in',
  ],
  ['src/sessions/index.ts', `import { isGranted } from '../sign-in/index.ts';`, undefined],
  [
    'src/sessions/index.ts',
    `import { isGranted } from '../sign-in/sign-in.ts';`,
    'src/sessions/index.ts → src/sign-in/sign-in.ts: src/sign-in is entered through index.ts',
  ],
  ['src/registration/engine.ts', `import type { Context } from '../methods/method.ts';`, undefined],
  ['src/registration/engine.ts', `import { phone } from '../methods/phone/index.ts';`, undefined],
  [
    'src/registration/engine.ts',
    `import { phones } from '../methods/phone/store.ts';`,
    'src/registration/engine.ts → src/methods/phone/store.ts: src/methods/phone is entered through index.ts',
  ],
  [
    'src/methods/totp/index.ts',
    `import { phone } from '../phone/index.ts';`,
    'src/methods/totp/index.ts → src/methods/phone/index.ts: totp and phone do not know each other',
  ],
  ['src/methods/index.ts', `import { phone } from './phone/index.ts';`, undefined],
  [
    'src/sign-in/engine.ts',
    `const { chromium } = await import('playwright-core');`,
    'src/sign-in/engine.ts → playwright-core: a devDependency is not there when Genkan runs',
  ],
  ['src/sign-in/engine.ts', `import type { Page } from 'playwright-core';`, undefined],
  [
    'src/sign-in/engine.ts',
    `import 'left-pad';`,
    'src/sign-in/engine.ts → left-pad: package.json does not list it',
  ],
  ['src/sign-in/engine.ts', `import { z } from 'zod/mini';\nimport fs from 'node:fs/promises';`, undefined],
  [
    'src/sign-in/engine.ts',
    `import { testStorage } from '../storage/testing.ts';`,
    'src/sign-in/engine.ts → src/storage/testing.ts: that is for tests',
  ],
  ['src/sign-in/engine.test.ts', `import { testStorage } from '../storage/testing.ts';`, undefined],
  [
    'src/tools/index.ts',
    `import { isId } from '../kit/ids.ts';`,
    'src/tools/index.ts → src/kit/ids.ts: this file stands in no room of the drawing',
  ],
  [
    'src/sign-in/utils/dates.ts',
    '',
    'src/sign-in/utils/dates.ts: a folder called utils says nothing about what is in it',
  ],
  [
    'src/sign-in/engine.ts',
    '\n'.repeat(351),
    'src/sign-in/engine.ts: 351 lines; more than 350 ask to be two files',
  ],
  ['src/sign-in/engine.test.ts', '\n'.repeat(351), undefined],
  [
    'sample/portal.ts',
    `import { newSecret } from '../src/kit/secrets.ts';`,
    'sample/portal.ts → src/kit/secrets.ts: sample imports nothing of Genkan',
  ],
];

const source = (path: string, text: string): SourceFile => ({
  path,
  lines: text.split('\n').length - 1,
  imports: importsOf(path, text),
});
const bystanders = ['src/sign-in', 'src/sessions', 'src/methods/phone', 'src/gateways', 'src/storage'].map(
  folder => source(`${folder}/index.ts`, ''),
);

for (const [path, text, broken] of fakes)
  test(`the rule ${broken ? 'refuses' : 'allows'} ${path} with ${text.trim() || `${text.length} lines`}`, () => {
    const others = bystanders.filter(other => other.path !== path);
    assert.deepEqual(judge([source(path, text), ...others], packages), broken ? [broken] : []);
  });

test('the rule finds a ring of files', () => {
  const ring = [
    source('src/audit/index.ts', `export { seal } from './seal.ts';`),
    source('src/audit/seal.ts', `import type { Kept } from './keep.ts';`),
    source('src/audit/keep.ts', `import type { Sealed } from './seal.ts';`),
  ];
  assert.deepEqual(judge(ring, packages), [
    'src/audit/seal.ts → src/audit/keep.ts → src/audit/seal.ts: a ring',
  ]);
});

test('the rule finds a ring of rooms and a kit that has grown', () => {
  const ring = [
    source('src/audit/index.ts', `import { find } from '../directory/index.ts';`),
    source('src/directory/index.ts', `import { record } from '../audit/index.ts';`),
    ...Array.from({ length: 13 }, (_, i) => source(`src/kit/n${i}.ts`, '')),
  ];
  assert.deepEqual(judge(ring, packages), [
    'src/audit/index.ts → src/directory/index.ts: directory is left of or above audit',
    'src/kit: 13 files; 12 are the most',
    'directory → audit → directory: a ring',
  ]);
});
