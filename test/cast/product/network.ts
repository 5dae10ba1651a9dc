import { once } from 'node:events';
import type { CallState, Reports, TextGateway, VoiceGateway } from '../../../src/gateways/index.ts';

/** What a product tells its parent. */
export type Told =
  | { readonly is: 'ready' }
  | { readonly is: 'text'; readonly id: string; readonly to: string; readonly text: string }
  | { readonly is: 'call'; readonly id: string; readonly to: string };

/** What the parent answers: whether it took something, and how a call goes on. */
export type Answer =
  | { readonly is: 'taken'; readonly id: string; readonly taken: boolean }
  | { readonly is: 'state'; readonly id: string; readonly state: CallState };

/** A telephone network that is another process: what reached it is known there even when we are killed. */
export function networkOfParent(): { readonly text: TextGateway; readonly voice: VoiceGateway } {
  const waiting = new Map<string, (taken: boolean) => void>();
  let reports: Reports | undefined;
  const common = {
    listen(to: Reports): void {
      reports = to;
    },
    state: () => ({ is: 'up' }) as const,
    close: async () => undefined,
  };
  process.on('message', (answer: Answer) => {
    if (answer.is === 'taken') waiting.get(answer.id)?.(answer.taken);
    if (answer.is === 'state') reports?.call({ delivery: answer.id }, answer.state);
  });
  // Nobody would know of what is sent from now on.
  once(process, 'disconnect').then(() => process.exit(0));

  const hand = async (told: Extract<Told, { id: string }>) => {
    const taken = new Promise<boolean>(resolve => waiting.set(told.id, resolve));
    process.send?.(told);
    const answer = await taken;
    waiting.delete(told.id);
    return answer ? ({ taken: true } as const) : ({ taken: false, reason: 'refused' } as const);
  };
  return {
    text: {
      kind: 'text',
      id: 'parent',
      send: ({ id, to, text }) => hand({ is: 'text', id, to, text }),
      ...common,
    },
    voice: {
      kind: 'voice',
      id: 'parent',
      call: ({ id, to }) => hand({ is: 'call', id, to }),
      ...common,
    },
  };
}
