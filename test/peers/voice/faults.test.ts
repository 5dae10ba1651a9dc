// What people are told when the voice agent dies, the switchboard falls, or every line is taken: the whole product in
// one process, its agent in another, with Kamailio as the switchboard and SIPp as the telephones.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openHandset } from '../../../src/gateways/voice/agent/testing.ts';
import { freePort, freePorts, until } from '../../../src/kit/testing.ts';
import { numberOn } from '../../cast/device.ts';
import type { Visitor } from '../../cast/visitor.ts';
import { openWiredHouse, type WiredHouse } from '../../cast/wired-house.ts';
import { type AtHome, atHome } from './at-home.ts';
import { type Kamailio, kamailioIsMissing, password, startKamailio } from './kamailio.ts';
import {
  answer,
  pause,
  person,
  press,
  receive,
  reply,
  replyInside,
  type Sipp,
  sippIsMissing,
  startSipp,
} from './sipp.ts';

const lines = 50;
const hungUpOn = [receive('BYE'), replyInside('200 OK')];
/** somebody who answers, and then stands there */
const stands = [receive('INVITE'), reply('180 Ringing'), answer(), receive('ACK'), ...hungUpOn].join('\n');
const rings = [receive('INVITE'), reply('180 Ringing'), receive('CANCEL'), replyInside('200 OK')].join('\n');
/** somebody who needs seven seconds for a key */
const thinks = [
  ...[receive('INVITE'), reply('180 Ringing'), answer(), receive('ACK'), pause(7000), press('pound')],
  ...hungUpOn,
].join('\n');
/** somebody who confirms, and whose number is written down */
const isWrittenDown = person('pound').replace(
  receive('INVITE'),
  `<recv request="INVITE"><action><ereg regexp="[+][0-9]+" search_in="hdr" header="To:" assign_to="called"/><log message="[$called]"/></action></recv>`,
);

/**
 * Settings of a line to a proxy, in ports of its own, and twice as many as the calls need. One socket of another
 * program was one call of fifty that did not come about.
 */
const lineTo = async (proxy: string, calls: number, more: object = {}) => ({
  id: 'switchboard',
  driver: 'sip',
  proxies: [proxy],
  user: 'genkan',
  // SIPp takes every request for a call of its scenario: it is not asked whether it lives.
  keepalive: 0,
  calls,
  mediaPorts: await freePorts(4 * calls),
  ...more,
});

async function openedFor(line: object): Promise<{ house: WiredHouse; at: AtHome }> {
  const house = await openWiredHouse(() => ({ voice: [line] }));
  await house.given.multiFactorEverywhere();
  return { house, at: atHome(house) };
}

describe('fifty lines', { skip: sippIsMissing }, () => {
  let house: WiredHouse;
  let at: AtHome;
  let port: number;
  let sipp: Sipp | undefined;
  before(async () => {
    port = await freePort();
    ({ house, at } = await openedFor(await lineTo(`sip:127.0.0.1:${port}`, lines)));
  });
  after(async () => {
    await sipp?.close();
    await house?.close();
  });

  async function telephones(steps: string): Promise<void> {
    await sipp?.close();
    sipp = await startSipp(steps, { port, calls: 1000 });
  }

  test('the agent is killed in the middle of 50 calls: everybody is told, nobody is let in, and the next call works', async () => {
    await telephones(stands);
    const all = await at.people(lines);
    await Promise.all(all.map(at.asks));
    for (const one of all) await at.shows(one, /Answered: waiting/);
    const killed = agentPid();
    process.kill(killed, 'SIGKILL');
    for (const one of all) await at.isTold(one, /The call did not come about/, 30_000);
    await telephones(person('pound'));
    await until(at.isUp);
    assert.notEqual(agentPid(), killed);
    const next = await at.someone();
    await at.asks(next);
    await at.comesIn(next);
  });

  test('the telephones are gone while one rings and another is answered: both are told, and the next one too', async () => {
    const [ringing, answered, meanwhile, afterwards] = await at.people(4);
    assert.ok(ringing && answered && meanwhile && afterwards);
    await telephones(rings);
    await at.asks(ringing);
    await at.shows(ringing, /Ringing/);
    await telephones(stands);
    await at.asks(answered);
    await at.shows(answered, /Answered: waiting/);
    await sipp?.close();
    await at.asks(meanwhile);
    for (const [one, words] of [
      [answered, /The call did not come about/],
      [meanwhile, /could not be reached/],
      [ringing, /Nobody answered/],
    ] as const)
      await at.isTold(one, words, 80_000);
    await telephones(person('pound'));
    await at.asks(afterwards);
    await at.comesIn(afterwards);
  });

  test('zero and pound: the sign-in is refused, that person is not called again, and the office has a letter of it', async () => {
    const counter = 'counter@keyaki.example';
    await house.given.setting('notices', { office: [counter] });
    await untilSettingsHold();
    const letters = () => house.letters().filter(letter => letter.includes(`To: ${counter}`));
    await telephones(person(0, 'pound'));
    const { loginName } = await house.given.user('Owner', { phone: '+819022220301' });
    const stranger = await at.known(loginName);
    assert.equal(letters().length, 0);
    await at.asks(stranger);
    await at.shows(stranger, /Someone answered by saying that it was not them\. The sign-in was stopped\./);
    assert.equal(await at.isIn(stranger), false);
    await until(() => letters().length > 0);

    const calls = await callsOf(house);
    const again = await at.known(loginName);
    await at.asks(again);
    await at.isTold(again, /it was not theirs\. For another .+, its phones and apps are not asked/);
    assert.equal(await callsOf(house), calls);
    assert.equal(letters().length, 1);
  });
});

test('where the number on the page is asked for, another one is told and lets nobody in, and that one does', async t => {
  const handset = await openHandset();
  const { house, at } = await openedFor(await lineTo(`sip:127.0.0.1:${handset.port}`, 4));
  t.after(async () => {
    await house.close();
    handset.close();
  });
  await house.given.setting('phone', { numberMatching: true });
  await untilSettingsHold();
  const presses = async (visitor: Visitor, keysFor: (number: string) => string): Promise<void> => {
    await at.asks(visitor);
    const keys = keysFor(numberOn(visitor));
    const telephone = await handset.answer(await handset.rings());
    await at.shows(visitor, /Answered: waiting/);
    // Keys count from the question on.
    await telephone.untilHeard(20);
    await telephone.press(keys);
  };
  const [wrong, right] = await at.people(2);
  assert.ok(wrong && right);
  await presses(wrong, number => `${10 + ((Number(number) + 1) % 90)}#`);
  await at.isTold(wrong, /was not the one on this page/);
  await presses(right, number => `${number}#`);
  await at.comesIn(right);
});

test('two lines and more people: who waits is called in turn, and told within seconds when no line becomes free', {
  skip: sippIsMissing,
}, async t => {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-turns-'));
  const written = join(folder, 'called.log');
  const port = await freePort();
  let sipp = await startSipp(isWrittenDown, {
    port,
    calls: 4,
    more: ['-trace_logs', '-log_file', written],
  });
  const { house, at } = await openedFor(await lineTo(`sip:127.0.0.1:${port}`, 2));
  t.after(async () => {
    await house.close();
    await sipp.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const inTurn = await at.people(4);
  const asking: Promise<unknown>[] = [];
  for (const one of inTurn) {
    asking.push(at.asks(one));
    // Written down before it is placed, or waits for its turn: the next one comes after it.
    await until(async () => (await callsOf(house)) === asking.length);
  }
  await Promise.all(asking);
  for (const one of inTurn) await at.comesIn(one);
  // Its four calls are over, with what was said at their ends: both lines are free.
  assert.equal(await sipp.ended, 0, sipp.said());
  const called = readFileSync(written, 'utf8').match(/\+\d+/g) ?? [];
  assert.equal(called.length, 4);
  assert.deepEqual(called, called.toSorted());

  await sipp.close();
  sipp = await startSipp(stands, { port, calls: 100 });
  const [first, second, late] = await at.people(3);
  assert.ok(first && second && late);
  await Promise.all([first, second].map(at.asks));
  const began = performance.now();
  await at.asks(late);
  const took = performance.now() - began;
  assert.ok(took < 30_000, `${took} ms: a phone rings for longer than that`);
  await at.isTold(late, /could not be sent just now\. Use another way/);
});

test('the switchboard starts anew during a call and between two: the call goes on, and who asks meanwhile is told', {
  skip: sippIsMissing || kamailioIsMissing,
}, async t => {
  const phone = await freePort();
  const sipp = await startSipp(thinks, { port: phone, calls: 100 });
  let kamailio: Kamailio = await startKamailio({ algorithm: 'MD5', phone });
  const { port, tlsPort } = kamailio;
  const line = { domain: 'pbx.test', password, keepalive: 1 };
  const { house, at } = await openedFor(await lineTo(`sip:127.0.0.1:${port}`, 10, line));
  t.after(async () => {
    await house.close();
    await kamailio.close();
    await sipp.close();
  });
  await until(at.isUp);
  const [during, between, afterwards] = await at.people(3);
  assert.ok(during && between && afterwards);
  await at.asks(during);
  await at.shows(during, /Answered: waiting/);
  await kamailio.close();
  await at.comesIn(during);
  await until(async () => !(await at.isUp()));
  await at.asks(between);
  await at.isTold(between, /could not be sent just now/);
  kamailio = await startKamailio({ algorithm: 'MD5', phone, ports: { port, tlsPort } });
  await until(at.isUp, () => `${house.log.slice(-20).join('\n')}\n${kamailio.said()}`);
  await at.asks(afterwards);
  await at.comesIn(afterwards);
});

/** What administrators change is remembered for a second as it was: whoever opens a page after that finds it changed. */
const untilSettingsHold = (): Promise<void> => sleep(1100);

/** How many calls were asked for so far. */
async function callsOf({ foundation }: WiredHouse): Promise<number> {
  const rows = await foundation.storage.db
    .selectFrom('deliveries')
    .select('id')
    .where('kind', '=', 'call')
    .execute();
  return rows.length;
}

/** The process that the server started for its voice. */
function agentPid(): number {
  const isAgent = (pid: string): boolean => {
    try {
      const [, parent] = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return Number(parent) === process.pid && line.includes('voice/agent/main');
    } catch {
      // It ended while we looked.
      return false;
    }
  };
  const agents = readdirSync('/proc').filter(name => /^\d+$/.test(name) && isAgent(name));
  assert.equal(agents.length, 1, 'the server has one agent');
  return Number(agents[0]);
}
