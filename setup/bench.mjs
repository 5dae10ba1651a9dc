// `npm run bench`: bring what is missing, then measure. `npm run bench -- sign-in tokens` measures only these parts.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { surroundings } from './launch.mjs';
import { bringPackages } from './ready.mjs';
import { run } from './say.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await run(async () => {
  const node = await bringPackages(root);
  // It bundles the server as the build does, with a telephone network that is the load's.
  const main = join(root, 'bench', 'main.ts');
  const { status } = spawnSync(node, ['--import', 'tsx', main, ...process.argv.slice(2)], {
    cwd: root,
    env: surroundings,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
});
