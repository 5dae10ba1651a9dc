/** ITU-T Q.23: a key is one low and one high tone, in hertz. */
export const lowTones: readonly number[] = [697, 770, 852, 941];
export const highTones: readonly number[] = [1209, 1336, 1477, 1633];
const keypad: readonly string[] = ['123A', '456B', '789C', '*0#D'];

export const keyOf = (low: number, high: number): string | undefined => keypad[low]?.[high];

export const tonesOf = (key: string): { readonly low: number; readonly high: number } | undefined => {
  if (key.length !== 1) return undefined;
  const row = keypad.findIndex(keys => keys.includes(key));
  const low = lowTones[row];
  const high = highTones[keypad[row]?.indexOf(key) ?? -1];
  return low === undefined || high === undefined ? undefined : { low, high };
};

/** The sound of a key at 8 kHz, each tone at `level` of full scale; silence for what is no key. */
export function toneSamples(key: string, milliseconds: number, level = 0.25): Int16Array {
  const tones = tonesOf(key);
  const samples = new Int16Array(Math.round(milliseconds * 8));
  if (!tones) return samples;
  const turn = (2 * Math.PI) / 8000;
  return samples.map((_, i) =>
    Math.round(level * 32_767 * (Math.sin(turn * tones.low * i) + Math.sin(turn * tones.high * i))),
  );
}
