import type { Clock } from './clock.ts';

/** A value that is asked for in every request and changes seldom: asked again after `life` ms at the latest. */
export interface Remembered<T> {
  (): Promise<T>;
  /** The last value that was asked for; for whoever cannot wait. Throws before the first. */
  latest(): T;
}

export function remembering<T>(
  ask: () => Promise<T>,
  options: { clock: Clock; life: number },
): Remembered<T> {
  let latest: { value: T } | undefined;
  let known: { value: Promise<T>; until: number } | undefined;
  const remembered = (): Promise<T> => {
    const now = options.clock.now();
    if (!known || known.until <= now) {
      const value = ask();
      const mine = { value, until: now + options.life };
      known = mine;
      value.then(
        answer => {
          latest = { value: answer };
        },
        () => {
          if (known === mine) known = undefined;
        },
      );
    }
    return known.value;
  };
  return Object.assign(remembered, {
    latest: () => {
      if (!latest) throw new Error('nothing was asked yet');
      return latest.value;
    },
  });
}
