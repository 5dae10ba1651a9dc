// `npm run fuzz`: every codec in turn, a minute each, until it is stopped. `npm run fuzz -- sip 600` gives one ten minutes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from '../../src/kit/root.ts';
import { codecs } from './all.ts';
import { fuzz, nameOf } from './driver.ts';

const [wanted, length] = process.argv.slice(2);
const chosen = codecs.filter(({ name }) => wanted === undefined || name === wanted);
if (chosen.length === 0) {
  console.error(`There is no codec ${wanted}: there are ${codecs.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const ms = Number(length ?? 60) * 1000;
const folder = join(rootFolder(), 'artefacts', 'fuzz');

do {
  for (const codec of chosen) {
    const seed = Math.floor(Math.random() * 2 ** 32);
    let told = performance.now();
    const round = await fuzz(codec, {
      ms,
      seed,
      progress(inputs) {
        if (performance.now() - told < 5000) return;
        told = performance.now();
        console.log(`${codec.name}: ${inputs} inputs`);
      },
    });
    console.log(
      `${codec.name}: ${round.inputs} inputs, ${Math.round(round.grown / 1e6)} MB more, seed ${seed}`,
    );
    if (!round.fault) continue;
    mkdirSync(folder, { recursive: true });
    const file = join(folder, nameOf(round.fault));
    writeFileSync(file, round.fault.input);
    console.error(`${codec.name} failed: ${round.fault.because}\nThe input is in ${file}`);
    process.exit(1);
  }
} while (length === undefined);
