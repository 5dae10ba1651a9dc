// `npm start`: bring what is missing, then open the demo. Runs on Node 20 and later, without any package.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './launch.mjs';
import { bringAll } from './ready.mjs';
import { run } from './say.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await run(async () => {
  const node = await bringAll(root);
  launch(node, join(root, 'dist', 'genkan.js'), ['demo', ...process.argv.slice(2)]);
});
