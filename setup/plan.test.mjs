import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { stagesOf } from './plan.mjs';

function tree(t, files) {
  const root = mkdtempSync(join(tmpdir(), 'genkan-plan-'));
  t.after(() => rmSync(root, { recursive: true }));
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  return root;
}

const files = [
  'src/kit/ids.test.ts',
  'src/kit/ids.ts',
  'src/sign-in/page.test.tsx',
  'test/architecture.test.ts',
  'test/peers/apache.test.ts',
  'test/journeys/first.test.ts',
  'test/fuzz/ber.test.ts',
  'test/cast/people.ts',
];
const names = stages => stages.map(stage => `${stage.name}: ${stage.files.length}`);

test('everything runs: beside the code first, then the folders of test/, known ones in their order', t => {
  const stages = stagesOf(tree(t, files), { quick: false, parts: [] });
  assert.deepEqual(names(stages), ['unit and integration: 3', 'journeys: 1', 'peers: 1', 'fuzz: 1']);
});

test('what lasts long begins first, and the others follow by their names', t => {
  const [stage] = stagesOf(
    tree(
      t,
      ['sms/kannel', 'voice/kamailio', 'voice/sipp', 'sample'].map(name => `test/peers/${name}.test.ts`),
    ),
    { quick: false, parts: [] },
  );
  assert.deepEqual(
    stage.files.map(file => file.slice('test/peers/'.length, -'.test.ts'.length)),
    ['voice/sipp', 'voice/kamailio', 'sample', 'sms/kannel'],
  );
});

test('a quick run needs neither browser nor peers', t => {
  const stages = stagesOf(tree(t, files), { quick: true, parts: [] });
  assert.deepEqual(names(stages), ['unit and integration: 3']);
  assert.deepEqual(
    stages.flatMap(stage => stage.needs),
    ['postgresql'],
  );
});

test('a part of a path picks what matches, and asks for nothing else', t => {
  const root = tree(t, files);
  assert.deepEqual(names(stagesOf(root, { quick: false, parts: ['src/kit'] })), ['unit and integration: 1']);
  assert.deepEqual(names(stagesOf(root, { quick: false, parts: ['apache'] })), ['peers: 1']);
  assert.deepEqual(stagesOf(root, { quick: false, parts: ['nowhere'] }), []);
});
