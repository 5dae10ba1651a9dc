import { setTimeout as pause } from 'node:timers/promises';
import { type Actor, openAudit } from '../audit/index.ts';
import { type Clock, seconds } from '../kit/clock.ts';
import { newId, type UserId } from '../kit/ids.ts';
import type { Storage } from '../storage/index.ts';
import type { Language } from '../words/index.ts';
import { type Gateways, openDelivery } from './deliver.ts';
import { type DeliveryState, isEnd } from './deliveries.ts';
import type { GatewayState, PhoneNumber, Taken, TextGateway, VoiceGateway } from './gateway.ts';
import type { DeliverySettings, NotSent } from './send.ts';

/** What happens on the way to one telephone. */
export type Stage =
  | { readonly stage: 'gateway'; readonly gateway: string; readonly state: GatewayState }
  | { readonly stage: 'asked'; readonly gateway: string }
  | { readonly stage: 'answered'; readonly gateway: string; readonly answer: Taken }
  /** by the same rules and budgets as anybody's */
  | { readonly stage: 'not-sent'; readonly refusal: NotSent }
  | { readonly stage: 'outcome'; readonly state: DeliveryState };

/**
 * Sends one text or places one call for whoever looks after the gateways, by the way that codes and calls take,
 * and tells each stage as it happens: also what a provider reports to the running server.
 * @returns whether it came about: a text that was not refused, a call that was confirmed
 */
export async function tryOut(deps: {
  storage: Storage;
  clock: Clock;
  gateways: Pick<Gateways, 'text' | 'voice'>;
  settings: DeliverySettings;
  actor: Actor;
  by: 'text' | 'call';
  to: PhoneNumber;
  extension?: string;
  text: string;
  language: Language;
  /** ms to wait for what becomes of it */
  patience: number;
  tell(stage: Stage): void;
}): Promise<boolean> {
  const { storage, clock, by, tell } = deps;
  const chosen = by === 'text' ? deps.gateways.text : deps.gateways.voice;
  await untilKnown(chosen);
  for (const { id, state } of chosen) tell({ stage: 'gateway', gateway: id, state: state() });

  const delivery = openDelivery({
    storage,
    clock,
    audit: openAudit({ storage, clock }),
    gateways: {
      text: deps.gateways.text.map(gateway => ({
        ...gateway,
        send: (text, signal) => told(gateway.id, gateway.send(text, signal)),
        close: leaveOpen,
      })),
      voice: deps.gateways.voice.map(gateway => ({
        ...gateway,
        call: (call, signal) => told(gateway.id, gateway.call(call, signal)),
        close: leaveOpen,
      })),
      mail: [],
    },
    settings: () => deps.settings,
    tellOffice: async () => undefined,
    // A test concerns nobody, whatever is pressed.
    reportFraud: async () => undefined,
    onError: error => {
      throw error;
    },
  });
  async function told(gateway: string, answering: Promise<Taken>): Promise<Taken> {
    tell({ stage: 'asked', gateway });
    const answer = await answering;
    tell({ stage: 'answered', gateway, answer });
    return answer;
  }

  try {
    const id = newId(clock.now());
    const send = {
      id,
      user: newId() as UserId,
      actor: deps.actor,
      to: deps.to,
      address: undefined,
      trustedNetwork: true,
      correlation: id,
      language: deps.language,
    };
    const sent =
      by === 'text'
        ? await delivery.sendNotice({ ...send, text: deps.text })
        : await delivery.placeCall({
            ...send,
            expect: { keys: '#' },
            ...(deps.extension ? { extension: deps.extension } : {}),
          });
    if (!sent.sent) {
      tell({ stage: 'not-sent', refusal: sent.refusal });
      return false;
    }
    const last = await follow(() => delivery.outcome(id));
    return by === 'text' ? last !== 'undelivered' && last !== 'refused' : last === 'confirmed';
  } finally {
    await delivery.close();
  }

  async function follow(look: () => Promise<DeliveryState | undefined>): Promise<DeliveryState | undefined> {
    const end = performance.now() + deps.patience;
    let last: DeliveryState | undefined;
    for (;;) {
      await delivery.settled();
      const state = await look();
      if (state !== undefined && state !== last) tell({ stage: 'outcome', state });
      last = state;
      const isOver =
        state === 'delivered' || state === 'undelivered' || (state !== undefined && isEnd(state));
      if (isOver || performance.now() > end) return last;
      await pause(300);
    }
  }
}

/** They belong to whoever opened them. */
const leaveOpen = async (): Promise<void> => undefined;

/** Until each of them is up or down; ten seconds at the longest. */
export async function untilKnown(gateways: readonly (TextGateway | VoiceGateway)[]): Promise<void> {
  const end = performance.now() + seconds(10);
  while (gateways.some(({ state }) => state().is === 'starting') && performance.now() < end) await pause(100);
}
