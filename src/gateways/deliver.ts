import { setTimeout as pause } from 'node:timers/promises';
import type { Audit } from '../audit/index.ts';
import { type Clock, days, seconds } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import { enqueue, type Part, type Storage, type Tx } from '../storage/index.ts';
import { alarmed, openBlockAlarm } from './alarm.ts';
import { openCountryBrake } from './brakes.ts';
import { sumCosts } from './costs.ts';
import * as deliveries from './deliveries.ts';
import { type Door, openDoor, type Passed } from './door.ts';
import { type Attempted, attempt } from './failover.ts';
import type { ReportFraud } from './fraud.ts';
import type { CallScript, MailGateway, TextGateway, VoiceGateway, Which } from './gateway.ts';
import { inTurn } from './in-turn.ts';
import { insisting } from './insisting.ts';
import { callsLeft, freeLines, letGo, longestCall, vouch, vouchedEvery } from './live-calls.ts';
import { removeReportsOver, reportOn } from './number-reports.ts';
import type { OfficeNews } from './office-news.ts';
import { inOrder } from './order.ts';
import { type Pause, type PauseEnd, pauseOf, removePausesOver } from './pauses.ts';
import { mayHaveExtension } from './phone-number.ts';
import type { CallSend, DeliverySettings, Sent, TextSend } from './send.ts';

export interface Gateways {
  /** in the order in which they are tried */
  readonly text: readonly TextGateway[];
  readonly voice: readonly VoiceGateway[];
  readonly mail: readonly MailGateway[];
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Delivery {
  /** Sends a code, or what else its person will answer by. */
  sendText(send: TextSend): Promise<Sent>;
  /** Texts something that needs no answer. It is under the same budgets, says nothing about pumping, and no pause holds it up. */
  sendNotice(send: TextSend): Promise<Sent>;
  placeCall(send: CallSend): Promise<Sent>;
  /** Where it stands, whichever node sent it; nothing when there is no such delivery. */
  outcome(delivery: string): Promise<deliveries.DeliveryState | undefined>;
  /** The same, and since when. */
  stands(delivery: string): Promise<deliveries.Stands | undefined>;
  /** Ends a call for which nobody waits any more. Whatever is pressed from now on is nobody's. */
  hangUp(delivery: string): Promise<void>;
  /** Whether nothing may be asked of a person's phones now, since they reported a sign-in. */
  pauseOf(user: UserId): Promise<Pause | undefined>;
  /** Until when the number that this was sent to is left alone for its person: whoever answered there reported a registration. */
  reportOn(delivery: string): Promise<PauseEnd | undefined>;
  /** Marks it as used by its person, once and not while they are paused: a part of the change that accepts it. */
  verifying(delivery: string): Part;
  /** Sends a mail when the transaction is committed. */
  notify(tx: Tx, mail: Mail): Promise<void>;
  /** The handler of such mails, for the outbox. */
  readonly mailHandler: (message: { id: string; payload: unknown }) => Promise<void>;
  /**
   * Ends the calls whose process died, on whichever node it was; 'everybody' for the only server that there is, when
   * it starts: whatever was held was held by its former self. Returns how many.
   */
  endCallsLeft(by: 'the-dead' | 'everybody'): Promise<number>;
  /** Vouches for the calls of this process every few seconds, and ends those for which nobody does. Returns how to stop. */
  watchCalls(): () => void;
  /** Sums what was spent on each day there, and removes what no budget counts any more and what is older than a month. */
  sweep(timeZone: string): Promise<void>;
  /** Resolves when every report made so far was written. */
  settled(): Promise<void>;
  /** Hangs up, and waits for the last reports. */
  close(): Promise<void>;
}

/**
 * Reaches people: budgets first, then a row that says what is about to be sent, then the gateways in
 * their order. Whatever dies in between, nothing is sent twice and nothing is sent unwritten.
 */
export function openDelivery(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  gateways: Gateways;
  settings: () => DeliverySettings;
  tellOffice(tx: Tx, news: OfficeNews): Promise<void>;
  reportFraud: ReportFraud;
  /** a report could not be written, or a mail not be sent */
  onError: (error: Error) => void;
  /** how long all gateways together may take to accept one send, in ms */
  patience?: number;
}): Delivery {
  const { storage, clock, audit, gateways } = deps;
  const brake = alarmed(openCountryBrake(storage.db), deps);
  const door: Door = openDoor({ ...deps, brake, blockAlarm: openBlockAlarm(deps) });
  const writing = new Set<Promise<unknown>>();
  /** texts that a gateway is taking, and of which nothing was told yet */
  const untold = new Set<string>();
  const lines = new Map<string, AbortController>();
  const closing = new AbortController();

  function later(work: Promise<unknown>): void {
    const watched = work.catch(deps.onError).finally(() => writing.delete(watched));
    writing.add(watched);
  }

  /** Writes where a delivery stands, if that is news, and what follows from it. */
  async function settle(id: string, state: deliveries.DeliveryState): Promise<void> {
    if (deliveries.isEnd(state)) lines.delete(id);
    // Nothing follows from it: one statement is a transaction by itself.
    if (!isWorthALine(state)) return void (await deliveries.move(storage.db, id, state, clock.now()));
    await storage.tx(async tx => {
      const about = await deliveries.move(tx, id, state, clock.now());
      if (!about) return;
      if (deliveries.isEnd(state)) await freeLines(tx, id);
      const detail = { ...about.detail, delivery: id, outcome: state };
      await audit.record(tx, { ...about, kind: 'delivery.outcome', detail });
      const { user, line } = about;
      const what = about.detail.of === 'registration' ? { line, to: about.detail.to } : 'sign-in';
      if (state === 'fraud' && user) await deps.reportFraud(tx, { ...about, user }, what);
    });
  }

  /** A receipt may overtake the answer that bears its reference. */
  async function report(which: Which, state: deliveries.DeliveryState): Promise<void> {
    if ('delivery' in which) {
      untold.delete(which.delivery);
      return settle(which.delivery, state);
    }
    const find = () => deliveries.findReference(storage.db, which, clock.now() - receiptsWithin);
    const id = (await find()) ?? (await pause(seconds(1)).then(find));
    if (id !== undefined) await settle(id, state);
  }

  /** A report that something follows from outlasts a database that is away. */
  const heard = (which: Which, state: deliveries.DeliveryState): Promise<void> =>
    isWorthALine(state) ? insisting(() => report(which, state), closing.signal) : report(which, state);

  // "It is over" comes right after "# was pressed", and would be written first by a connection that is quicker.
  const turns = inTurn();
  const told = (which: Which, state: deliveries.DeliveryState): void =>
    later(turns(JSON.stringify(which), () => heard(which, state)));
  for (const gateway of [...gateways.text, ...gateways.voice]) gateway.listen({ text: told, call: told });

  /** Nothing took it: the budgets get back what they gave, unless it may have gone out after all. */
  async function undo(passed: Passed, tried: Attempted & { taken: false }): Promise<Sent> {
    lines.delete(passed.id);
    await storage.tx(async tx => {
      // It may ring all the same: its line stays taken for as long as that could be.
      if (tried.perhaps !== undefined) await letGo(tx, passed.id);
      const about = await deliveries.move(tx, passed.id, 'refused', clock.now());
      if (!about) return;
      if (tried.perhaps === undefined) {
        await freeLines(tx, passed.id);
        await door.giveBack(tx, passed);
      }
      const detail = { ...about.detail, delivery: passed.id, outcome: 'refused', tried: tried.reasons };
      await audit.record(tx, { ...about, kind: 'delivery.outcome', detail });
    });
    return { sent: false, refusal: { reason: 'gateway-down' } };
  }

  /** One text may have gone out, and no other will: the code in it stays good, and nobody says that it arrived. */
  async function doubt(passed: Passed, gateway: string, tried: readonly string[]): Promise<Sent> {
    await storage.tx(async tx => {
      const about = await deliveries.move(tx, passed.id, 'unknown', clock.now(), gateway);
      if (!about) return;
      const detail = { ...about.detail, delivery: passed.id, outcome: 'unknown', tried };
      await audit.record(tx, { ...about, kind: 'delivery.outcome', detail });
    });
    return { sent: true, delivery: passed.id };
  }

  const stands = (id: string): Promise<deliveries.Stands | undefined> =>
    deliveries.stateOf(storage.db, id, clock.now(), lines.has(id));

  /** What holds is what is written. The telephone falls silent at once, or when its own node looks (`watchCalls`). */
  async function hangUp(id: string): Promise<void> {
    const line = lines.get(id);
    await settle(id, 'withdrawn');
    line?.abort();
  }

  /** Hangs up the calls of this process that others ended. */
  async function hangUpEnded(): Promise<void> {
    for (const id of await deliveries.endedOf(storage.db, [...lines.keys()])) {
      lines.get(id)?.abort();
      lines.delete(id);
    }
  }

  async function endCallsLeft(by: 'the-dead' | 'everybody'): Promise<number> {
    const left = (await callsLeft(storage.db, by, clock.now())).filter(id => !lines.has(id));
    for (const id of left) await settle(id, 'failed');
    return left.length;
  }

  async function textBy(kind: 'text' | 'notice', { text, ...send }: TextSend): Promise<Sent> {
    const usable = inOrder(gateways.text, send.to);
    const [first] = usable;
    if (!first) return { sent: false, refusal: { reason: 'gateway-down' } };
    const passed = await door.pass(kind, send, first.id);
    if (!passed.passed) return passed.answer;
    untold.add(send.id);
    const tried = await attempt(usable, deps.patience, (gateway, signal) =>
      gateway.send({ id: send.id, to: send.to, text }, signal),
    );
    const nothingTold = untold.delete(send.id);
    if (!tried.taken)
      return tried.perhaps === undefined ? undo(passed, tried) : doubt(passed, tried.perhaps, tried.reasons);
    if (nothingTold || tried.reference !== undefined || tried.gateway !== first.id)
      later(door.took(send.id, tried));
    return { sent: true, delivery: send.id };
  }

  return {
    sendText: send => textBy('text', send),
    sendNotice: send => textBy('notice', send),

    async placeCall({ expect, extension, ...send }) {
      const usable = inOrder(gateways.voice, send.to);
      const [first] = usable;
      if (!first) return { sent: false, refusal: { reason: 'gateway-down' } };
      const passed = await door.pass('call', { ...send, ...(extension ? { extension } : {}) }, first.id);
      if (!passed.passed) return passed.answer;
      const script: CallScript = {
        language: send.language,
        expect,
        // What was written behind a mobile phone would be dialled into its person's ear.
        ...(extension && mayHaveExtension(send.to) ? { extension } : {}),
      };
      const hangUp = new AbortController();
      lines.set(send.id, hangUp);
      const tried = await attempt(usable, deps.patience, (gateway, signal) =>
        gateway.call({ id: send.id, to: send.to, script }, AbortSignal.any([signal, hangUp.signal])),
      );
      if (!tried.taken) return undo(passed, tried);
      if (tried.reference !== undefined || tried.gateway !== first.id) later(door.took(send.id, tried));
      if (usable.find(({ id }) => id === tried.gateway)?.outlivesUs) {
        later(letGo(storage.db, send.id));
        // Its end may be told to another node.
        setTimeout(() => lines.delete(send.id), longestCall).unref();
      }
      return { sent: true, delivery: send.id };
    },

    outcome: async delivery => (await stands(delivery))?.state,
    stands,
    hangUp,
    pauseOf: user => pauseOf(storage.db, user, clock.now()),
    reportOn: delivery => reportOn(storage.db, delivery, clock.now()),
    verifying: delivery => deliveries.verifying(delivery, clock.now()),

    async notify(tx, mail) {
      await enqueue(tx, storage.sealer, { kind: 'mail', payload: mail, now: clock.now() });
    },

    async mailHandler({ id, payload }) {
      const [gateway] = gateways.mail;
      if (!gateway) throw new Error('there is no way to send mail');
      await gateway.send({ id, ...(payload as Mail) });
    },

    endCallsLeft,

    watchCalls() {
      const watching = setInterval(() => {
        const mine = vouch(storage.db, [...lines.keys()], clock.now());
        later(mine.then(() => endCallsLeft('the-dead')).then(hangUpEnded));
      }, vouchedEvery).unref();
      return () => clearInterval(watching);
    },

    async sweep(timeZone) {
      const now = clock.now();
      await sumCosts(storage.db, [...gateways.text, ...gateways.voice], { now, timeZone });
      await storage.db
        .deleteFrom('send_budgets')
        .where('modified_at', '<', now - days(1))
        .execute();
      await removeReportsOver(storage.db, now);
      await storage.db.deleteFrom('live_calls').where('expires_at', '<', now).execute();
      await removePausesOver(storage.db, now);
      await storage.db
        .deleteFrom('deliveries')
        .where('created_at', '<', now - days(31))
        .execute();
    },

    async settled() {
      while (writing.size > 0) await Promise.all(writing);
    },

    async close() {
      for (const hangUp of lines.values()) hangUp.abort();
      lines.clear();
      closing.abort();
      await this.settled();
      await Promise.all([...gateways.text, ...gateways.voice, ...gateways.mail].map(g => g.close()));
      await this.settled();
    },
  };
}

/** Networks try for some days to reach a telephone that is off. */
const receiptsWithin = days(7);

/** What the log tells: how calls ended and which texts failed. That a text arrived shows in its use. */
const isWorthALine = (state: deliveries.DeliveryState): boolean =>
  deliveries.isEnd(state) || state === 'undelivered';
