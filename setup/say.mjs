/** A reason to stop that is already a plain sentence: shown as it is, without a stack. */
export class Stop extends Error {}

let voice = process.stdout;

/** Where progress is told; a command whose output is read by programs keeps it off standard output. */
export const speakOn = stream => {
  voice = stream;
};

export const say = line => void voice.write(`${line}\n`);

/** Does `work` and says so in one line: what, while it runs; how long, when it is done. */
export async function step(what, work) {
  const start = performance.now();
  voice.write(`${what} … `);
  try {
    const result = await work();
    voice.write(`${seconds(performance.now() - start)}\n`);
    return result;
  } catch (error) {
    voice.write('failed\n');
    throw error;
  }
}

export const seconds = ms => `${(ms / 1000).toFixed(1)} s`;

/** Runs a command's main function; a `Stop` becomes its sentence and exit code 1. */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
