/** More proofs than this in one sign-in are more than anybody will give. */
const mostProofs = 4;

/**
 * The offers that lead on: members of a smallest set of offers with which, added to what was shown, it is enough.
 * `enough` must not turn false when more is added.
 */
export function ways<Offered>(
  offers: readonly Offered[],
  enough: (added: readonly Offered[]) => boolean,
): ReadonlySet<Offered> {
  const found: Offered[][] = [];
  if (!enough(offers)) return new Set();
  const grow = (added: readonly Offered[], from: number, size: number): void => {
    if (found.some(set => set.every(offer => added.includes(offer)))) return;
    if (size === 0) {
      if (enough(added)) found.push([...added]);
      return;
    }
    for (const [i, offer] of offers.entries()) {
      if (i >= from) grow([...added, offer], i + 1, size - 1);
    }
  };
  for (let size = 1; size <= mostProofs; size += 1) grow([], 0, size);
  return new Set(found.flat());
}
