// `npm test`: bring what is missing, then run everything. `npm test -- src/policies` runs the tests whose path
// contains that; `npm test -- --quick` leaves out what needs a browser or other programs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testDatabase } from './database.mjs';
import { stagesOf } from './plan.mjs';
import { bringAll, bringPackages } from './ready.mjs';
import { run, Stop, say, seconds, step } from './say.mjs';
import { check, endStages, missed, tests } from './stages.mjs';
import { bring, chromium } from './system.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const quick = process.argv.includes('--quick');
const wanted = process.argv.slice(2).filter(word => word !== '--quick');

await run(async () => {
  const began = performance.now();
  const unknown = wanted.find(word => word.startsWith('-'));
  if (unknown)
    throw new Stop(`${unknown} is not known here: there is --quick, or parts of the paths of test files.`);
  const parts = wanted.map(word => relative(root, resolve(word)) || word);
  const stages = stagesOf(root, { quick, parts });
  if (stages.length === 0) throw new Stop(`No test file has ${wanted.join(' or ')} in its path.`);

  const node = await bringPackages(root);
  const lacking = new Map();
  for (const need of new Set(stages.flatMap(stage => stage.needs)))
    lacking.set(need, await bring(root, need));

  const results = [];
  if (parts.length === 0) {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    results.push(await check('types', node, [tsc, '-p', '.'], { cwd: root }));
    for (const folder of ['web/enhance', 'web/authenticator', 'web/authenticator/worker'])
      results.push(await check(`types of ${folder}`, node, [tsc, '-p', folder], { cwd: root }));
    results.push(
      await check('lint', node, [biome, 'ci', ...(process.stdout.isTTY ? [] : ['--colors=off']), '.'], {
        cwd: root,
      }),
    );
  }

  const database = await step('Starting a database for the tests', () => testDatabase(root, node));
  // Every file is a process of its own: what one of them compiled need not be compiled by the next hundred.
  const compiled = mkdtempSync(join(tmpdir(), 'genkan-compiled-'));
  const clear = async () => {
    await database.stop();
    // A process that a test left may still write there what it compiled.
    rmSync(compiled, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, async () => {
      endStages('SIGTERM');
      await clear();
      process.exit(130);
    });
  }
  try {
    const env = {
      GENKAN_TEST_DATABASE: database.url,
      GENKAN_TEST_CHROMIUM: chromium() ?? '',
      NODE_COMPILE_CACHE: compiled,
    };
    let built = false;
    for (const stage of stages) {
      const advice = stage.needs.map(need => lacking.get(need)).find(line => line !== undefined);
      if (advice) {
        results.push(missed(stage.name, advice));
        continue;
      }
      if (stage.built && !built) {
        await bringAll(root);
        built = true;
      }
      results.push(await tests(stage, node, { cwd: root, env }));
    }
  } finally {
    await clear();
  }
  process.exitCode = conclude(results, performance.now() - began);
});

/** The end of the output: each stage, the counts in the runner's form, and one line to be found by programs. */
function conclude(results, ms) {
  const sum = key => results.reduce((total, result) => total + result[key], 0);
  say('');
  for (const one of results) {
    const counts = `${one.passed} passed, ${one.failed} failed${one.skipped ? `, ${one.skipped} skipped` : ''}`;
    say(`${one.failed === 0 ? '✔' : '✖'} ${one.name}: ${counts} (${seconds(one.ms)})`);
  }
  say(`# tests ${sum('passed') + sum('failed') + sum('skipped')}`);
  say(`# pass ${sum('passed')}`);
  say(`# fail ${sum('failed')}`);
  say(`# skipped ${sum('skipped')}`);
  say(`# duration ${seconds(ms)}`);
  say(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}
