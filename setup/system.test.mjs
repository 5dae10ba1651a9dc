// Each test is a machine of its own: a folder that is the whole PATH, with the programs that this machine has.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { installer } from './system.mjs';
import { asOrdinaryUser, lockOf, moduleOf, newFolder, start, surroundingsIn, write } from './testing.mjs';

test('root installs by itself, others by sudo where it asks for no password, and nobody without apt', () => {
  const never = () => assert.fail('sudo is not asked');
  assert.deepEqual(installer({ apt: true, root: true, sudo: never }), ['sh']);
  assert.deepEqual(installer({ apt: true, root: false, sudo: () => true }), ['sudo', '-n', 'sh']);
  assert.equal(installer({ apt: true, root: false, sudo: () => false }), undefined);
  assert.equal(installer({ apt: false, root: true, sudo: never }), undefined);
  assert.equal(installer({ apt: false, root: false, sudo: never }), undefined);
});

/** A machine with these programs, where everybody may write. */
function machine(programs) {
  const folder = newFolder();
  for (const name of ['bin', 'tmp']) {
    mkdirSync(join(folder, name));
    chmodSync(join(folder, name), 0o777);
  }
  for (const [name, lines] of Object.entries(programs))
    write(folder, { [`bin/${name}`]: `#!/bin/sh\ncd '${folder}/tmp'\n${lines}\n` });
  return folder;
}

/** What a user is told where oathtool is needed, which is looked for on the PATH alone. */
async function told(t, folder, { ordinary }) {
  const code = `
    import { bring } from ${moduleOf('system.mjs')};
    ${ordinary ? asOrdinaryUser : ''}
    console.log('told: ' + await bring('/nowhere', 'oathtool'));
  `;
  const env = { PATH: join(folder, 'bin'), TMPDIR: join(folder, 'tmp') };
  const { status, out, err } = await start(t, { code, env }).ended;
  assert.equal(status, 0, err);
  return out;
}

const advice = 'told: oathtool is missing: install it (on Debian: apt-get install oathtool).';
/** It tells on itself when somebody calls it. */
const apt = 'echo "$@" >> called';
const called = folder => existsSync(join(folder, 'tmp', 'called'));

test('what is there is not installed, and nothing is said', async t => {
  const folder = machine({ oathtool: 'exit 0', 'apt-get': apt, sudo: apt });
  assert.equal(await told(t, folder, { ordinary: true }), 'told: undefined\n');
  assert.ok(!called(folder));
});

test('where there is no apt, root as well is told in one line what to install', async t => {
  assert.equal(await told(t, machine({}), { ordinary: false }), `${advice}\n`);
});

test('an ordinary user who may not install is told in one line what to install, and nothing is tried', async t => {
  for (const programs of [{ 'apt-get': apt }, { 'apt-get': apt, sudo: 'exit 1' }]) {
    const folder = machine(programs);
    assert.equal(await told(t, folder, { ordinary: true }), `${advice}\n`);
    assert.ok(!called(folder));
  }
});

/** What stands in for sudo gives a password to nobody, and does this with the packages that it should install. */
const sudo = work => `[ "$*" = "-n true" ] && exit 0\n[ "$1 $2" = "-n sh" ] || exit 2\nshift 3\n${work}`;

test('an ordinary user who may install has it installed, and sees what is done', async t => {
  const brings =
    'echo "$@" > packages; printf "#!/bin/sh\\n" > ../bin/oathtool; /bin/chmod 755 ../bin/oathtool';
  const folder = machine({ 'apt-get': apt, sudo: sudo(brings) });
  const said = await told(t, folder, { ordinary: true });
  assert.match(said, /^Installing oathtool … \d+\.\d s\ntold: undefined\n$/);
  assert.equal(readFileSync(join(folder, 'tmp', 'packages'), 'utf8'), 'oathtool\n');
  assert.deepEqual(readdirSync(join(folder, 'tmp')), ['packages'], 'nothing else is left');
});

test('an installation that fails ends with what to install, and the last words of apt', async t => {
  const fails =
    'n=0; while [ $n -lt 20 ]; do n=$((n+1)); echo "line $n"; done; echo "E: no such package" >&2; exit 100';
  const folder = machine({ 'apt-get': apt, sudo: sudo(fails) });
  const said = await told(t, folder, { ordinary: true });
  const lines = said.trimEnd().split('\n');
  assert.deepEqual(lines.slice(0, 3), ['Installing oathtool … failed', advice, 'apt-get said:']);
  assert.deepEqual(
    lines.slice(3),
    [14, 15, 16, 17, 18, 19, 20].map(n => `line ${n}`).concat('E: no such package'),
  );
  assert.deepEqual(readdirSync(join(folder, 'tmp')), []);
});

test('the browser is the first that starts: the one of a system that only says how to get it is none', async t => {
  const folder = machine({ chromium: 'exit 1', 'chromium-browser': 'exit 0', 'google-chrome': 'exit 0' });
  const code = `import { chromium } from ${moduleOf('system.mjs')}; console.log(chromium());`;
  const { out } = await start(t, { code, env: { PATH: join(folder, 'bin') } }).ended;
  assert.equal(out, `${join(folder, 'bin', 'chromium-browser')}\n`);
});

test('packages with a lock of their own are installed apart, once, and again when their lock has changed', async t => {
  const root = newFolder();
  const about = { name: 'apart', version: '1.0.0', dependencies: { one: 'file:one' } };
  write(root, {
    'setup/lighthouse/package.json': JSON.stringify(about),
    'setup/lighthouse/package-lock.json': lockOf(about),
    '.node/lighthouse/one/package.json': JSON.stringify({ name: 'one', version: '1.0.0' }),
  });
  const code = `
    import { bring } from ${moduleOf('system.mjs')};
    console.log('told: ' + await bring(process.argv[1], 'lighthouse'));
  `;
  const env = surroundingsIn(newFolder());
  const bringing = async () => {
    const { status, out, err } = await start(t, { code, args: [root], env, cwd: root }).ended;
    assert.equal(status, 0, err);
    return out;
  };
  const installed = /^Installing Lighthouse … \d+\.\d s\ntold: undefined\n$/;
  assert.match(await bringing(), installed);
  assert.ok(existsSync(join(root, '.node', 'lighthouse', 'node_modules', 'one', 'package.json')));
  assert.equal(await bringing(), 'told: undefined\n');
  const lock = join(root, 'setup', 'lighthouse', 'package-lock.json');
  writeFileSync(lock, `${readFileSync(lock, 'utf8')}\n`);
  assert.match(await bringing(), installed);
});
