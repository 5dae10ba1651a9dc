import type { Gateways } from './deliver.ts';
import type { Reports, Taken, TextGateway, VoiceGateway } from './gateway.ts';

/** How long a gateway may take to answer, in seconds: the bounds of the histogram. */
export const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

export type Answer = 'taken' | 'refused' | 'perhaps';

/** What one gateway did in this process since it was started. */
export interface Measure {
  readonly gateway: TextGateway | VoiceGateway;
  readonly answers: ReadonlyMap<Answer, number>;
  /** what was reported of what it took, by outcome or end of a call */
  readonly outcomes: ReadonlyMap<string, number>;
  /** how many answers came within each bound, and within any time */
  readonly within: readonly number[];
  /** seconds in all */
  readonly waited: number;
}

/** The same gateways, counted as they are used. */
export function measured(gateways: Gateways): {
  readonly gateways: Gateways;
  measures(): readonly Measure[];
} {
  const all: (() => Measure)[] = [];

  function count<G extends TextGateway | VoiceGateway>(gateway: G) {
    const answers = new Map<Answer, number>();
    const outcomes = new Map<string, number>();
    const within = [...bounds, Number.POSITIVE_INFINITY].map(() => 0);
    let waited = 0;
    all.push(() => ({ gateway, answers, outcomes, within, waited }));

    async function timed(work: Promise<Taken>): Promise<Taken> {
      const began = performance.now();
      const answer = await work.catch((error: unknown) => {
        add(answers, 'perhaps');
        throw error;
      });
      const took = (performance.now() - began) / 1000;
      waited += took;
      for (const [index, bound] of [...bounds, Number.POSITIVE_INFINITY].entries())
        if (took <= bound) within[index] = (within[index] ?? 0) + 1;
      add(answers, answer.taken === true ? 'taken' : answer.taken === false ? 'refused' : 'perhaps');
      return answer;
    }
    const listen = (reports: Reports): void =>
      gateway.listen({
        text(which, outcome) {
          add(outcomes, outcome);
          reports.text(which, outcome);
        },
        call(which, state) {
          add(outcomes, state);
          reports.call(which, state);
        },
      });
    return { timed, listen };
  }

  const text = gateways.text.map((gateway): TextGateway => {
    const { timed, listen } = count(gateway);
    return { ...gateway, listen, send: (message, signal) => timed(gateway.send(message, signal)) };
  });
  const voice = gateways.voice.map((gateway): VoiceGateway => {
    const { timed, listen } = count(gateway);
    return { ...gateway, listen, call: (call, signal) => timed(gateway.call(call, signal)) };
  });
  return { gateways: { ...gateways, text, voice }, measures: () => all.map(measure => measure()) };
}

const add = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
