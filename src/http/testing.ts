/** A reproducible source of randomness for tests (mulberry32). */
export interface Random {
  /** an integer from 0 to n - 1 */
  pick(n: number): number;
}

export function random(seed: number): Random {
  let state = seed >>> 0;
  return {
    pick(n) {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * n);
    },
  };
}
