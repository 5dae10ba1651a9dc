// node setup/runner.mjs <how many at once> <where the counts go> <test files…>
// Runs test files with Node's test runner, in the order in which they are named: its command line sorts them by their
// names, so that what lasts longest may begin last, and one processor waits for the other.
import { writeFileSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/** One test, and one file: a hang becomes a failure, and a machine that does much else is no hang. */
const longest = 900_000;

const [atOnce, counts, ...files] = process.argv.slice(2);
// Until all of them have come to their end, this did not go well.
process.exitCode = 1;
run({
  files,
  concurrency: Number(atOnce),
  timeout: longest,
  execArgv: ['--import', 'tsx', '--test-force-exit', `--test-timeout=${longest}`],
})
  .on('test:summary', ({ file, counts: counted, success }) => {
    // Every file has a summary of its own; the one without a file is the whole.
    if (file !== undefined) return;
    writeFileSync(counts, JSON.stringify(counted));
    process.exitCode = success ? 0 : 1;
  })
  .compose(spec)
  .pipe(process.stdout);
