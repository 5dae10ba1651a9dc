// `npm run fuzz`: bring what is missing, then feed nonsense to every codec until it is stopped.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringPackages } from './ready.mjs';
import { run } from './say.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await run(async () => {
  const node = await bringPackages(root);
  const main = join(root, 'test', 'fuzz', 'main.ts');
  const { status } = spawnSync(node, ['--import', 'tsx', main, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
});
