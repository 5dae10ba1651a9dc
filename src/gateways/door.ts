import type { Audit, AuditEvent } from '../audit/index.ts';
import { parseAddress } from '../http/address.ts';
import { type Clock, hours, type Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Storage, Tx } from '../storage/index.ts';
import { isTrustworthy } from './brakes.ts';
import { type Budget, giveBack, limits, spend } from './budgets.ts';
import type { DeliverySettings, NotSent, Send, Sent } from './deliver.ts';
import * as deliveries from './deliveries.ts';
import { type CountryCode, maskPhoneNumber, parsePhoneNumber } from './phone-number.ts';

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
  /** Someone said that they were not the one who is signing in: no call and no text for an hour. */
  shutFor(tx: Tx, user: UserId): Promise<void>;
}

const fraudKey = (user: UserId): string => `fraud ${user}`;
const fraudPause = hours(1);
const undone = Symbol('the transaction is undone');

/** The one door through which everything that costs money or rings goes out. */
export function openDoor(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  settings: () => DeliverySettings;
  brake: (country: string, now: Instant) => Promise<Instant | undefined>;
}): Door {
  const { storage, clock, audit } = deps;
  const { sealer } = storage;

  return {
    async pass(kind, send, gateway) {
      const now = clock.now();
      const rules = deps.settings();
      const about: deliveries.About = {
        user: send.user,
        actor: { is: 'user', id: send.user },
        correlation: send.correlation,
        address: send.address,
        detail: { way: kind, to: maskPhoneNumber(send.to) },
      };
      const refuse = async (refusal: NotSent, because: AuditEvent['detail']) => {
        const detail = { ...about.detail, reason: refusal.reason, ...because };
        await storage.tx(tx => audit.record(tx, { ...about, kind: 'delivery.refused', detail }));
        return { passed: false as const, answer: { sent: false as const, refusal } };
      };

      // What was allowed when the number was registered may be forbidden by now.
      const reading = parsePhoneNumber(send.to, rules);
      if (!reading.ok) return refuse({ reason: 'not-allowed' }, { problem: reading.problem });
      if (kind !== 'call' && reading.type !== 'mobile')
        return refuse({ reason: 'not-allowed' }, { problem: 'not-a-mobile' });
      const paused = await deps.brake(reading.country, now);
      if (paused) return refuse({ reason: 'too-many-sends', until: paused }, { paused: reading.country });

      const line = sealer.index('line', `${send.to};ext=${send.extension ?? ''}`);
      const block = sealer.index('block', send.to.slice(0, -4));
      const network = sealer.index('network', networkOf(send.address));
      const everything = budgetsOf(kind, send, { line, block, network, country: reading.country, rules });

      const write = async (budgets: readonly Budget[]): Promise<'written' | 'twice' | Refused> => {
        let because: 'twice' | Refused = 'twice';
        try {
          await storage.tx(async tx => {
            because = 'twice';
            const stop = (why: 'twice' | Refused): never => {
              because = why;
              throw undone;
            };
            const reported = await fraudReportedAt(tx, send.user);
            if (reported !== undefined && reported + fraudPause > now)
              stop({ until: reported + fraudPause, keys: ['fraud'] });
            const spent = await spend(tx, budgets, now);
            if (!spent.spent) return stop({ until: spent.until, keys: spent.keys });
            if (kind === 'call') {
              const busyUntil = await deliveries.takeLine(tx, line, send.id, now);
              if (busyUntil !== undefined) stop({ until: busyUntil, keys: ['line'] });
            }
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
            if (!(await deliveries.insert(tx, delivery, now))) stop('twice');
            const detail = { ...about.detail, delivery: send.id, gateway };
            await audit.record(tx, { ...about, kind: 'delivery.sent', detail });
          });
          return 'written';
        } catch (error) {
          if (error !== undone) throw error;
          return because;
        }
      };

      let budgets = everything;
      let written = await write(budgets);
      if (
        isRefused(written) &&
        written.keys.every(key => key.startsWith('block ')) &&
        (await isTrustworthy(storage.db, block, now))
      ) {
        budgets = everything.filter(budget => !budget.key.startsWith('block '));
        written = await write(budgets);
      }
      if (written === 'written') return { passed: true, id: send.id, budgets, at: now };
      if (written === 'twice') return { passed: false, answer: { sent: true, delivery: send.id } };
      return refuse(
        { reason: 'too-many-sends', until: written.until },
        { budget: written.keys.map(key => key.split(' ')[0] ?? key) },
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

    async shutFor(tx, user) {
      const now = clock.now();
      const row = { times: [now], modified_at: now };
      await tx
        .insertInto('send_budgets')
        .values({ key: fraudKey(user), ...row })
        .onConflict(conflict => conflict.column('key').doUpdateSet(row))
        .execute();
    },
  };
}

/** The office helps: what this person spent, and a fraud report, no longer stand in the way. */
export async function forgiveSends(tx: Tx, user: UserId): Promise<void> {
  await tx
    .deleteFrom('send_budgets')
    .where('key', 'in', [fraudKey(user), `user ${user}`])
    .execute();
}

interface Refused {
  readonly until: Instant;
  readonly keys: readonly string[];
}

const isRefused = (written: 'written' | 'twice' | Refused): written is Refused => typeof written === 'object';

async function fraudReportedAt(tx: Tx, user: UserId): Promise<Instant | undefined> {
  const row = await tx
    .selectFrom('send_budgets')
    .select('times')
    .where('key', '=', fraudKey(user))
    .executeTakeFirst();
  return row?.times.at(-1);
}

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
  to: { line: Buffer; block: Buffer; network: Buffer; country: CountryCode; rules: DeliverySettings },
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
    ...(to.country === to.rules.defaultCountry
      ? []
      : [{ key: `country ${to.country}`, limits: limits.foreignCountry }]),
  ];
}
