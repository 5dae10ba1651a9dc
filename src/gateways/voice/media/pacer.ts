/** One clock for all calls. */
export interface Pacer {
  /** Calls `member` every 20 ms from now on; gives back how to leave. */
  join(member: Paced): () => void;
}

export interface Paced {
  tick(): void;
  /** So many ticks were left out, because the process was held up for too long to make up for. */
  missed(ticks: number): void;
}

/** The calls are spread over four phases, so that not all packets leave in the same moment. */
const phases = 4;
const slot = 5;

/** A delay is made up for up to 100 ms: what a telephone's buffer may still want. */
const mostSlots = 20;

/**
 * Due times are multiples of a slot from the start, never "20 ms after the last": a late timer makes one
 * packet late, and not all that follow.
 */
export function openPacer(monotonic: () => number): Pacer {
  const members = Array.from({ length: phases }, () => new Set<Paced>());
  let startedAt = 0;
  /** how many slots were done since the start */
  let done = 0;
  let timer: NodeJS.Timeout | undefined;

  const isEmpty = (): boolean => members.every(phase => phase.size === 0);

  const wait = (): void => {
    const delay = startedAt + (done + 1) * slot - monotonic();
    timer = setTimeout(wake, Math.max(0, Math.ceil(delay)));
  };

  const wake = (): void => {
    const due = Math.floor((monotonic() - startedAt) / slot);
    const missed = Math.floor(Math.max(0, due - done - mostSlots) / phases);
    if (missed > 0) {
      done += missed * phases;
      for (const phase of members) for (const member of phase) member.missed(missed);
    }
    while (done < due) {
      done++;
      for (const member of members[done % phases] ?? []) member.tick();
    }
    if (isEmpty()) timer = undefined;
    else wait();
  };

  return {
    join(member) {
      const fewest = members.reduce((least, phase) => (phase.size < least.size ? phase : least));
      fewest.add(member);
      if (timer === undefined) {
        startedAt = monotonic();
        done = 0;
        wait();
      }
      return () => {
        fewest.delete(member);
        if (!isEmpty()) return;
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
}
