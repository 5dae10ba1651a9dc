// `npm start` as a process, in a checkout whose product only says how it was started.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { until } from '../src/kit/testing.ts';
import { asOrdinaryUser, checkout, moduleOf, newFolder, start, surroundingsIn, write } from './testing.mjs';

const time = String.raw`\d+\.\d s`;

function house(t) {
  const root = newFolder();
  checkout(root);
  const env = surroundingsIn(newFolder());
  const starting = (...args) => start(t, { file: join(root, 'setup', 'start.mjs'), args, env, cwd: root });
  return { root, env, starting };
}

test('the first start says what it brings, the second has nothing to bring, and both open the demo', async t => {
  const { root, starting } = house(t);
  const first = await starting().ended;
  assert.equal(first.status, 0, first.err);
  const brings = `^Installing packages … ${time}\nBuilding … ${time}\nGenkan: demo\n$`;
  assert.match(first.out, new RegExp(brings));
  assert.ok(!existsSync(join(root, '.node', 'set-up.lock')));
  const second = await starting('--language', 'ja').ended;
  assert.equal(second.status, 0, second.err);
  assert.equal(second.out, 'Genkan: demo --language ja\n');
});

test('after a change only what it touches is brought again', async t => {
  const { root, starting } = house(t);
  await starting().ended;
  write(root, { 'src/main.ts': 'export const changed = true;\n' });
  assert.match((await starting().ended).out, new RegExp(`^Building … ${time}\nGenkan: demo\n$`));
  rmSync(join(root, 'node_modules'), { recursive: true });
  assert.match((await starting().ended).out, new RegExp(`^Installing packages … ${time}\nGenkan: demo\n$`));
});

test('what goes wrong is one sentence without a stack, and the next start begins where it stopped', async t => {
  const { root, starting } = house(t);
  write(root, { 'src/main.ts': 'a mistake' });
  const failed = await starting().ended;
  assert.equal(failed.status, 1);
  assert.match(failed.out, new RegExp(`^Installing packages … ${time}\nBuilding … failed\n$`));
  assert.match(failed.err, /^The build failed:\n/);
  assert.doesNotMatch(failed.err, /start\.mjs|ready\.mjs/);
  write(root, { 'src/main.ts': 'right again' });
  assert.match((await starting().ended).out, new RegExp(`^Building … ${time}\nGenkan: demo\n$`));
});

test('where no npm is, one line says what to install', async t => {
  const { root, env } = house(t);
  const { npm_execpath: _, ...others } = env;
  const file = join(root, 'setup', 'start.mjs');
  const { status, err } = await start(t, { file, env: { ...others, PATH: root }, cwd: root }).ended;
  assert.equal(status, 1);
  assert.match(err, /^npm is missing: install it .+ and try again\.\n$/);
});

test('of two at once one brings it all, and the other waits and finds it done', async t => {
  const { root, starting } = house(t);
  const code = `
    import { bringAll } from ${moduleOf('ready.mjs')};
    import { alone } from ${moduleOf('lock.mjs')};
    import { installPackages } from ${moduleOf('packages.mjs')};
    const [root] = process.argv.slice(1);
    await alone(root + '/.node/set-up.lock', async () => {
      console.log('begins');
      for await (const _ of process.stdin);
      await installPackages(root);
    });
  `;
  const first = start(t, { code, args: [root], env: surroundingsIn(newFolder()), cwd: root });
  await until(() => first.out().includes('begins'), first.err);
  const second = starting();
  await until(() => second.out().includes('is at work here; waiting for it.'), second.err);
  first.child.stdin.end();
  assert.equal((await first.ended).status, 0, first.err());
  const { status, out, err } = await second.ended;
  assert.equal(status, 0, err);
  assert.match(out, new RegExp(`^Another set-up .+\nBuilding … ${time}\nGenkan: demo\n$`));

  rmSync(join(root, 'dist'), { recursive: true });
  rmSync(join(root, 'node_modules'), { recursive: true });
  const both = await Promise.all([starting().ended, starting().ended]);
  const said = both.map(one => one.out).join('');
  for (const one of both) assert.equal(one.status, 0, one.err);
  assert.equal(said.split('Installing packages').length, 2, said);
  assert.equal(said.split('Building').length, 2, said);
  assert.equal(said.split('Genkan: demo').length, 3, said);
});

test('who stops npm stops the product, whichever Node has started it', async t => {
  const { root, env, starting } = house(t);
  assert.equal((await starting().ended).status, 0);
  const starter = join(root, 'setup', 'start.mjs');
  const itself = readFileSync(starter, 'utf8');
  for (const before of ['', 'process.execve = undefined;\n']) {
    writeFileSync(starter, before + itself);
    const [program, args] = env.npm_execpath ? [process.execPath, [env.npm_execpath]] : ['npm', []];
    const npm = start(t, { program, args: [...args, 'start', '--', '--stay'], env, cwd: root });
    await until(
      () => npm.out().includes('Here.'),
      () => npm.out() + npm.err(),
    );
    npm.child.kill('SIGTERM');
    // The product has our pipe: this is over when it is.
    assert.match((await npm.ended).out, /Here\.\nStopping\.\n$/);
  }
});

test('an ordinary user runs what its owner has set up, and is told who may change it', async t => {
  const { root, env, starting } = house(t);
  const ready = await starting().ended;
  assert.equal(ready.status, 0, ready.err);
  const code = `
    import { bringAll } from ${moduleOf('ready.mjs')};
    import { run } from ${moduleOf('say.mjs')};
    ${asOrdinaryUser}
    await run(async () => console.log('with ' + (await bringAll(process.argv[1]))));
  `;
  const ordinary = () => start(t, { code, args: [root], env, cwd: root }).ended;
  const all = ['', 'node_modules', '.node', 'dist'].map(name => join(root, name));
  const may = mode => {
    for (const folder of all) chmodSync(folder, mode);
  };
  // Also for whoever runs this, and is its owner.
  may(0o555);
  t.after(() => may(0o755));
  assert.deepEqual(await ordinary(), {
    status: 0,
    signal: null,
    out: `with ${process.execPath}\n`,
    err: '',
  });

  writeFileSync(join(root, 'package-lock.json'), '{}');
  const told = await ordinary();
  assert.equal(told.status, 1);
  assert.equal(told.out, '');
  assert.equal(told.err, `This user may not write in ${root}: run as its owner, and try again.\n`);
});
