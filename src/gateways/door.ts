import type { Audit, AuditEvent } from '../audit/index.ts';
import { parseAddress } from '../http/address.ts';
import type { Clock, Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Storage, Tx } from '../storage/index.ts';
import type { StoppedBlock } from './alarm.ts';
import { isTrustworthy } from './brakes.ts';
import { type Budget, giveBack, limits, spending, usedUp } from './budgets.ts';
import * as deliveries from './deliveries.ts';
import { behind, lineIndex } from './line.ts';
import { linesTakenUntil, takingLines } from './live-calls.ts';
import { notReported, numberReportOf } from './number-reports.ts';
import { notPaused, type PauseEnd, pauseOf } from './pauses.ts';
import { type CountryCode, maskPhoneNumber, parsePhoneNumber } from './phone-number.ts';
import type { DeliverySettings, NotSent, Send, Sent } from './send.ts';

export interface Passed {
  readonly passed: true;
  readonly id: string;
  readonly budgets: readonly Budget[];
  readonly at: Instant;
}

export interface Door {
  /** Lets one send through, spent and written down, or says why not. */
  pass(
    kind: deliveries.Delivery['kind'],
    send: Send & { readonly extension?: string },
    gateway: string,
  ): Promise<Passed | { readonly passed: false; readonly answer: Sent }>;
  giveBack(tx: Tx, passed: Passed): Promise<void>;
  /** A gateway took it. */
  took(id: string, by: { readonly gateway: string; readonly reference?: string }): Promise<void>;
}

/** How often a send is tried whose obstacle was gone when it was looked for. */
const looks = 5;

/** The one door through which everything that costs money or rings goes out. */
export function openDoor(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  settings: () => DeliverySettings;
  brake: (country: string, now: Instant) => Promise<Instant | undefined>;
  /** what follows when a block of numbers is sent no more */
  blockAlarm: (stopped: StoppedBlock, now: Instant) => Promise<void>;
}): Door {
  const { storage, clock, audit } = deps;
  const { sealer } = storage;

  return {
    async pass(kind, send, gateway) {
      const now = clock.now();
      const rules = deps.settings();
      const about: deliveries.About = {
        ...(send.actor ? { actor: send.actor } : { user: send.user, actor: { is: 'user', id: send.user } }),
        correlation: send.correlation,
        address: send.address,
        detail: { way: kind, to: maskPhoneNumber(send.to), ...(send.of ? { of: send.of } : {}) },
      };
      const refuse = async (refusal: NotSent, because: AuditEvent['detail']) => {
        const detail = { ...about.detail, reason: refusal.reason, ...because };
        await storage.change([audit.recording({ ...about, kind: 'delivery.refused', detail })]);
        return { passed: false as const, answer: { sent: false as const, refusal } };
      };

      // What was allowed when the number was registered may be forbidden by now.
      const reading = parsePhoneNumber(send.to, rules);
      if (!reading.ok) return refuse({ reason: 'not-allowed' }, { problem: reading.problem });
      if (kind !== 'call' && reading.type !== 'mobile')
        return refuse({ reason: 'not-allowed' }, { problem: 'not-a-mobile' });
      const paused = await deps.brake(reading.country, now);
      if (paused) return refuse({ reason: 'not-sent-there', until: paused }, { paused: reading.country });

      const { to: number, extension } = send;
      const line = lineIndex(sealer, { number, extension });
      const switchboard =
        behind({ number, extension }) === undefined ? undefined : lineIndex(sealer, { number });
      const lines = [line, sealer.index('line', `user ${send.user}`)];
      const block = sealer.index('block', send.to.slice(0, -4));
      const network = sealer.index('network', networkOf(send.address));
      const everything = budgetsOf(kind, send, {
        line,
        switchboard,
        block,
        network,
        country: reading.country,
        rules,
      });

      const delivery: deliveries.Delivery = {
        id: send.id,
        kind,
        user: send.user,
        number: line,
        block,
        country: reading.country,
        gateway,
        about,
      };
      const detail = { ...about.detail, delivery: send.id, gateway };
      /** A notice asks nothing that a stranger could want answered, and is what a person in trouble needs. */
      const asks = kind !== 'notice';
      /** the person may call their own phones; of a number that is being added nobody knows yet whose it is */
      const adding = send.of === 'registration' ? { user: send.user, line } : undefined;

      const write = async (budgets: readonly Budget[]): Promise<'written' | 'twice' | InTheWay> => {
        for (let look = 0; look < looks; look++) {
          const written = await storage.change([
            ...(asks ? [notPaused(send.user, now)] : []),
            ...(adding ? [notReported(adding, now)] : []),
            spending(budgets, now),
            ...(kind === 'call' ? [takingLines(lines, send.id, now)] : []),
            deliveries.inserting(delivery, now),
            audit.recording({ ...about, kind: 'delivery.sent', detail }),
          ]);
          if (written) return 'written';
          const because = await inTheWay(budgets);
          if (because !== undefined) return because;
        }
        throw new Error('a send was refused, and nothing is in its way');
      };

      /** Nothing was spent: why. What stood in the way may be gone by the time that it is looked for. */
      const inTheWay = async (budgets: readonly Budget[]): Promise<'twice' | InTheWay | undefined> => {
        const { db } = storage;
        if (await deliveries.isWritten(db, send.id)) return 'twice';
        const paused = asks ? await pauseOf(db, send.user, now) : undefined;
        if (paused) return { paused: paused.until };
        const reported = adding && (await numberReportOf(db, adding, now));
        if (reported) return { reported };
        const empty = await usedUp(db, budgets, now);
        if (empty) return empty;
        const busy = kind === 'call' ? await linesTakenUntil(db, lines, now) : undefined;
        return busy === undefined ? undefined : { until: busy, keys: ['line'] };
      };

      let budgets = everything;
      let written = await write(budgets);
      if (
        typeof written === 'object' &&
        'keys' in written &&
        written.keys.every(isOfBlock) &&
        (await isTrustworthy(storage.db, block, now))
      ) {
        budgets = everything.filter(({ key }) => !isOfBlock(key));
        written = await write(budgets);
      }
      if (written === 'written') return { passed: true, id: send.id, budgets, at: now };
      if (written === 'twice') return { passed: false, answer: { sent: true, delivery: send.id } };
      if ('paused' in written) return refuse({ reason: 'paused', until: written.paused }, {});
      if ('reported' in written) return refuse({ reason: 'number-reported', until: written.reported }, {});
      const { keys, until } = written;
      if (keys.every(isOfBlock))
        await deps.blockAlarm({ block, country: reading.country, to: about.detail.to, until }, now);
      return refuse(
        { reason: keys.every(isOfOthers) ? 'not-sent-there' : 'too-many-sends', until },
        { budget: keys.map(key => key.split(' ')[0] ?? key) },
      );
    },

    giveBack: (tx, passed) => giveBack(tx, passed.budgets, passed.at),

    async took(id, { gateway, reference }) {
      await storage.db
        .updateTable('deliveries')
        .set(row => ({
          gateway,
          ...(reference === undefined ? {} : { reference }),
          modified_at: clock.now(),
          state: row.case().when('state', '=', 'sending').then('accepted').else(row.ref('state')).end(),
        }))
        .where('id', '=', id)
        .execute();
    },
  };
}

/** Whether it was used up by others: who may not send now need not have sent anything. */
const isOfOthers = (key: string): boolean => isOfBlock(key) || key.startsWith('country ');

const isOfBlock = (key: string): boolean => key.startsWith('block ');

/** The office helps: what this person spent no longer stands in the way. */
export async function forgiveSends(tx: Tx, user: UserId): Promise<void> {
  await tx.deleteFrom('send_budgets').where('key', '=', `user ${user}`).execute();
}

/** What is in the way: budgets that are used up, a pause, or what was said at that number. */
type InTheWay =
  | { readonly until: Instant; readonly keys: readonly string[] }
  | { readonly paused: PauseEnd }
  | { readonly reported: PauseEnd };

/** An IPv4 address, or the /64 that one household has in IPv6; nobody's when it is not known. */
function networkOf(address: string | undefined): string {
  const parsed = parseAddress(address ?? '');
  if (!parsed) return 'unknown';
  return parsed.family === 4 ? parsed.text : `${parsed.value >> 64n}/64`;
}

/** Keys name numbers and networks by blind index: the table tells nobody who was called. */
function budgetsOf(
  kind: deliveries.Delivery['kind'],
  send: Send,
  to: {
    line: Buffer;
    switchboard: Buffer | undefined;
    block: Buffer;
    network: Buffer;
    country: CountryCode;
    rules: DeliverySettings;
  },
): readonly Budget[] {
  const number = to.line.toString('base64url');
  const network = to.network.toString('base64url');
  return [
    { key: `number ${number}`, limits: limits.number },
    { key: `user ${send.user}`, limits: limits.user },
    send.trustedNetwork
      ? { key: `campus ${network}`, limits: limits.trustedAddress }
      : { key: `address ${network}`, limits: limits.address },
    { key: `block ${to.block.toString('base64url')}`, limits: limits.block },
    ...(kind === 'call' ? [{ key: `calls ${number}`, limits: limits.callsToNumber }] : []),
    ...(to.switchboard
      ? [{ key: `switchboard ${to.switchboard.toString('base64url')}`, limits: limits.switchboard }]
      : []),
    ...(to.country === to.rules.defaultCountry
      ? []
      : [{ key: `country ${to.country}`, limits: limits.foreignCountry }]),
  ];
}
