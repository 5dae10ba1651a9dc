// `bin/genkan`: any command of Genkan, after bringing what is missing.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './launch.mjs';
import { bringAll } from './ready.mjs';
import { run, speakOn } from './say.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

speakOn(process.stderr);
await run(async () => {
  const node = await bringAll(root);
  launch(node, join(root, 'dist', 'genkan.js'), process.argv.slice(2));
});
