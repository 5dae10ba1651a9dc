import { openAudit } from '../audit/index.ts';
import type { Clock } from '../kit/clock.ts';
import { newId, type UserId } from '../kit/ids.ts';
import type { Storage } from '../storage/index.ts';
import {
  type Delivery,
  type DeliverySettings,
  type Gateways,
  openDelivery,
  type TextSend,
} from './deliver.ts';
import type { CallState, PhoneNumber, TextGateway, VoiceGateway } from './gateway.ts';

/** A clock that stands still until it is moved. */
export function standingClock(at = Date.UTC(2026, 3, 6)): Clock & { move(by: number): void } {
  let now = at;
  return {
    now: () => now,
    move: by => {
      now += by;
    },
  };
}

export const japan: DeliverySettings = { defaultCountry: 'JP', allowedCountries: ['JP'], voip: 'refused' };

/** A peer that takes everything and keeps it. */
export function takingText(
  id = 'peer',
): TextGateway & { readonly taken: { id: string; to: string; text: string }[] } {
  const taken: { id: string; to: string; text: string }[] = [];
  return {
    kind: 'text',
    id,
    taken,
    async send(text) {
      taken.push(text);
      return { taken: true };
    },
    close: async () => undefined,
  };
}

export const refusingText = (id: string): TextGateway => ({
  kind: 'text',
  id,
  send: async () => ({ taken: false, reason: 'refused' }),
  close: async () => undefined,
});

/** A telephone network in which the test says what happens to each call. */
export function callsByHand(): VoiceGateway & { readonly calls: Map<string, (state: CallState) => void> } {
  const calls = new Map<string, (state: CallState) => void>();
  return {
    kind: 'voice',
    id: 'by-hand',
    calls,
    async call({ id }, report, signal) {
      calls.set(id, report);
      signal.addEventListener('abort', () => report('failed'));
      report('ringing');
      return { taken: true };
    },
    close: async () => undefined,
  };
}

export function testDelivery(
  storage: Storage,
  gateways: Partial<Gateways>,
  clock: Clock,
  patience?: number,
): Delivery {
  return openDelivery({
    storage,
    clock,
    audit: openAudit({ storage, clock }),
    gateways: { text: [], voice: [], mail: [], ...gateways },
    settings: () => japan,
    onError: error => {
      throw error;
    },
    ...(patience === undefined ? {} : { patience }),
  });
}

export const number = (text: string): PhoneNumber => text as string as PhoneNumber;

export function aText(changes: Partial<TextSend> = {}): TextSend {
  return {
    id: newId(),
    user: newId() as UserId,
    to: number('+819012345678'),
    address: '192.0.2.1',
    trustedNetwork: false,
    correlation: newId(),
    language: 'ja',
    text: 'こんにちは',
    ...changes,
  };
}
