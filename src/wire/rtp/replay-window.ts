/** Remembers which of the last 64 indices came (RFC 3711 §3.3.2). What is older counts as having come. */
export interface ReplayWindow {
  highest(): number | undefined;
  isFresh(index: number): boolean;
  mark(index: number): void;
}

const length = 64;

export function openReplayWindow(): ReplayWindow {
  let highest: number | undefined;
  /** the slot of an index is its remainder: whatever stands there is older by whole windows, or is itself */
  const came = new Float64Array(length).fill(-1);
  return {
    highest: () => highest,
    isFresh: index => highest === undefined || (index > highest - length && came[index % length] !== index),
    mark(index) {
      came[index % length] = index;
      highest = Math.max(highest ?? index, index);
    },
  };
}
