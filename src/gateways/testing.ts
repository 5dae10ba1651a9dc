import assert from 'node:assert/strict';
import { openAudit } from '../audit/index.ts';
import type { Clock } from '../kit/clock.ts';
import { newId, type UserId } from '../kit/ids.ts';
import type { Storage } from '../storage/index.ts';
import { type Delivery, type Gateways, openDelivery } from './deliver.ts';
import { openFraudReports, type ReportFraud } from './fraud.ts';
import type { CallState, PhoneNumber, Reports, TextGateway, VoiceGateway } from './gateway.ts';
import type { CallSend, DeliverySettings, TextSend } from './send.ts';

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

const silent = { listen: () => undefined, state: () => ({ is: 'up' }) as const };

/** A peer that takes everything and keeps it. */
export function takingText(id = 'peer'): TextGateway & {
  readonly taken: { id: string; to: string; text: string }[];
  reports(): Reports;
} {
  const taken: { id: string; to: string; text: string }[] = [];
  let listening: Reports | undefined;
  return {
    kind: 'text',
    id,
    taken,
    async send(text) {
      taken.push(text);
      return { taken: true };
    },
    ...silent,
    listen(reports) {
      listening = reports;
    },
    reports() {
      assert.ok(listening);
      return listening;
    },
    close: async () => undefined,
  };
}

/** The same peer, that calls what it took by a name of its own. */
export const named =
  (peer: TextGateway, reference: string): TextGateway['send'] =>
  async (text, signal) => {
    const taken = await peer.send(text, signal);
    return taken.taken ? { ...taken, reference } : taken;
  };

export const refusingText = (id: string): TextGateway => ({
  kind: 'text',
  id,
  send: async () => ({ taken: false, reason: 'refused' }),
  ...silent,
  close: async () => undefined,
});

/** A telephone network in which the test says what happens to each call. */
export function callsByHand(): VoiceGateway & { readonly calls: Map<string, (state: CallState) => void> } {
  const calls = new Map<string, (state: CallState) => void>();
  let reports: Reports | undefined;
  return {
    kind: 'voice',
    id: 'by-hand',
    calls,
    state: () => ({ is: 'up' }),
    listen(to) {
      reports = to;
    },
    async call({ id }, signal) {
      const report = (state: CallState): void => reports?.call({ delivery: id }, state);
      calls.set(id, report);
      signal.addEventListener('abort', () => report('failed'));
      report('ringing');
      return { taken: true };
    },
    close: async () => undefined,
  };
}

/** What is done with a report: everything of that person is paused for an hour, and nobody is told by mail. */
export const fraudReports = (
  storage: Storage,
  clock: Clock,
  more: Partial<Parameters<typeof openFraudReports>[0]> = {},
): ReportFraud =>
  openFraudReports({
    audit: openAudit({ storage, clock }),
    clock,
    sealer: storage.sealer,
    linesOf: async () => [],
    rule: () => 60,
    tellOffice: async () => undefined,
    ...more,
  });

export function testDelivery(
  storage: Storage,
  gateways: Partial<Gateways>,
  clock: Clock,
  more: Partial<
    Pick<Parameters<typeof openDelivery>[0], 'patience' | 'reportFraud' | 'tellOffice' | 'settings'>
  > = {},
): Delivery {
  const audit = openAudit({ storage, clock });
  return openDelivery({
    storage,
    clock,
    audit,
    gateways: { text: [], voice: [], mail: [], ...gateways },
    settings: () => japan,
    tellOffice: async () => undefined,
    reportFraud: fraudReports(storage, clock),
    onError: error => {
      throw error;
    },
    ...more,
  });
}

/** As if nobody had ever been sent anything: budgets are whole, no line is taken, nobody is paused. */
export async function forgetSends({ db }: Storage): Promise<void> {
  for (const table of ['send_budgets', 'deliveries', 'live_calls', 'phone_pauses', 'number_reports'] as const)
    await db.deleteFrom(table).execute();
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

/** The same person is called, and asked for #. */
export function aCall(changes: Partial<CallSend> = {}): CallSend {
  const { text: _, ...send } = aText();
  return { ...send, expect: { keys: '#' }, ...changes };
}
