import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { status } from '../../wire/smpp/index.ts';
import type { PhoneNumber, Taken, TextGateway } from '../gateway.ts';
import { type Centre, openCentre, type Submit, smppFor } from './smpp/testing.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function scene(...how: SceneOptions): Promise<{ centre: Centre } & ReturnType<typeof smppFor>> {
  const centre = await openCentre();
  open.push(centre);
  const opened = smppFor(centre.port, ...how);
  open.push(opened.gateway);
  return { centre, ...opened };
}
type SceneOptions = Parameters<typeof smppFor> extends [number, ...infer Rest] ? Rest : never;

let sent = 0;
function send(gateway: TextGateway, text = 'Your code is 123456', within = 60_000): Promise<Taken> {
  sent += 1;
  const to = '+819012345678' as string as PhoneNumber;
  return gateway.send({ id: `delivery-${sent}`, to, text }, AbortSignal.timeout(within));
}
const lastId = (): string => `delivery-${sent}`;

test('a text goes out as it was asked for, under the name that the centre gives it', async () => {
  const { centre, gateway } = await scene({ source: { address: '+815012345678' }, validityMinutes: 5 });
  assert.deepEqual(await send(gateway), { taken: true, reference: 'm-0' });
  const [submit] = centre.submits;
  assert.deepEqual(submit?.message.destination, { ton: 1, npi: 1, digits: '819012345678' });
  assert.deepEqual(submit?.message.source, { ton: 1, npi: 1, digits: '815012345678' });
  assert.equal(submit?.message.validityPeriod, '000000000500000R');
  assert.equal(submit?.message.registeredDelivery, 1);
  assert.equal(submit?.part.text, 'Your code is 123456');
  assert.deepEqual(gateway.state(), { is: 'up' });
});

test('a name and a short number say what they are', async () => {
  for (const [address, ton, npi] of [
    ['Genkan', 5, 0],
    ['12345', 0, 0],
    ['', 0, 0],
  ] as const) {
    const { centre, gateway } = await scene({ source: { address } });
    await send(gateway);
    assert.deepEqual(centre.submits[0]?.message.source, { ton, npi, digits: address });
  }
});

test('a wrong password is a state with its reason, and every text is refused at once', async () => {
  const centre = await openCentre();
  open.push(centre);
  centre.bindStatus = status.invalidPassword;
  const { gateway } = smppFor(centre.port);
  open.push(gateway);
  const refused = { taken: false, reason: 'the bind was refused: 0x0e invalid password' };
  assert.deepEqual(await send(gateway), refused);
  assert.deepEqual(await send(gateway), refused);
  assert.deepEqual(gateway.state(), { is: 'down', because: refused.reason });
  centre.bindStatus = status.ok;
  await centre.until(() => gateway.state().is === 'up');
  assert.equal((await send(gateway)).taken, true);
});

test('where nobody listens, or nobody answers the bind, a text is refused in time and none is owed later', async () => {
  const gone = await openCentre();
  await gone.close();
  const { gateway } = smppFor(gone.port);
  open.push(gateway);
  assert.deepEqual(await send(gateway), { taken: false, reason: 'ECONNREFUSED' });

  const centre = await openCentre();
  open.push(centre);
  centre.bindStatus = 'silent';
  const silent = smppFor(centre.port);
  open.push(silent.gateway);
  assert.deepEqual(await send(silent.gateway, 'hello', 100), { taken: false, reason: 'not bound in time' });
  assert.equal(silent.gateway.state().is, 'starting');
});

test('a centre where nobody listens is tried later and later, and never later than was said', async () => {
  const gone = await openCentre();
  await gone.close();
  const { gateway, logged } = smppFor(gone.port, {}, { reconnect: { first: 20, most: 160 } });
  open.push(gateway);
  const pauses = () =>
    logged.flatMap(line => (line.startsWith('warn not bound') ? [/"againIn":(\d+)/.exec(line)?.[1]] : []));
  await gone.until(() => pauses().length >= 7);
  for (const [tried, longest] of [20, 40, 80, 160, 160, 160, 160].entries()) {
    const waits = Number(pauses()[tried]);
    assert.ok(waits >= longest / 2 && waits <= longest, pauses().join(' '));
  }
});

test('texts and receipts go over two connections when the account is so', async () => {
  const { centre, gateway, told } = await scene({ bind: 'transmitter+receiver' });
  assert.equal((await send(gateway)).taken, true);
  await centre.until(() => centre.sessions.size === 2);
  assert.equal(centre.submits[0]?.session.as, 'bind_transmitter');
  centre.receipt('m-0', 'DELIVRD', '819012345678');
  await centre.until(() => told.length > 0);
  assert.deepEqual(told, [{ which: { delivery: lastId() }, outcome: 'delivered' }]);
  const [[receiver] = []] = [[...centre.sessions].filter(({ as }) => as === 'bind_receiver')];
  receiver?.socket.destroy();
  assert.equal((await send(gateway)).taken, true);
  await centre.until(() => centre.sessions.size === 2);
});

test('a long text is taken when all of its parts are; a part that went out is not sent again by anybody', async () => {
  const { centre, gateway, told } = await scene();
  const long = `${'あ'.repeat(66)}😀${'い'.repeat(40)}`;
  // By the name of one part nobody could tell later whether the others arrived.
  assert.deepEqual(await send(gateway, long), { taken: true });
  assert.deepEqual(
    centre.submits.map(({ part }) => [part.number, part.total]),
    [
      [1, 2],
      [2, 2],
    ],
  );
  assert.equal(centre.submits.map(({ part }) => part.text).join(''), long);
  centre.receipt('m-0', 'DELIVRD', '819012345678');
  centre.receipt('m-0', 'DELIVRD', '819012345678');
  await pause(30);
  assert.deepEqual(told, []);
  centre.receipt('m-1', 'DELIVRD', '819012345678');
  await centre.until(() => told.length > 0);
  assert.deepEqual(told, [{ which: { delivery: lastId() }, outcome: 'delivered' }]);

  centre.onSubmit = submit =>
    submit.part.number === 1 ? centre.accept(submit) : centre.refuse(submit, 0x45);
  assert.deepEqual(await send(gateway, long), { taken: 'perhaps', reason: '0x45 submit failed' });
  assert.deepEqual(told.at(-1), { which: { delivery: lastId() }, outcome: 'undelivered' });
  centre.onSubmit = submit => centre.refuse(submit, 0x0b);
  assert.deepEqual(await send(gateway, long), {
    taken: false,
    reason: '0x0b invalid destination address',
  });
  assert.deepEqual(await send(gateway, 'x'.repeat(5000)), { taken: false, reason: 'the text is too long' });
});

test('one part that was not delivered is a text that was not delivered', async () => {
  const { centre, gateway, told } = await scene();
  await send(gateway, 'あ'.repeat(100));
  centre.receipt('m-1', 'UNDELIV', '819012345678');
  await centre.until(() => told.length > 0);
  assert.equal(told[0]?.outcome, 'undelivered');
});

test('a throttled text is sent when the centre wants it, and refused when the person would wait too long', async () => {
  const { centre, gateway } = await scene();
  let refusals = 3;
  const times: number[] = [];
  centre.onSubmit = submit => {
    times.push(performance.now());
    refusals -= 1;
    if (refusals >= 0) centre.refuse(submit, refusals === 1 ? status.queueFull : status.throttled);
    else centre.accept(submit);
  };
  assert.deepEqual(await send(gateway), { taken: true, reference: 'm-3' });
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  assert.ok(
    waits.every((wait, index) => wait >= ([19, 39, 79][index] ?? 0)),
    waits.join(' '),
  );

  const slower = await scene({}, { throttled: { first: 60_000, most: 60_000 } });
  slower.centre.onSubmit = submit => slower.centre.refuse(submit, status.throttled);
  await slower.centre.until(() => slower.gateway.state().is === 'up');
  assert.deepEqual(await send(slower.gateway, 'hello', 1500), { taken: false, reason: '0x58 throttled' });
});

test('while a centre throttles, everybody waits: it is not asked in vain for each text', async () => {
  const { centre, gateway } = await scene({ window: 10 });
  await send(gateway);
  centre.submits.length = 0;
  centre.onSubmit = submit => centre.refuse(submit, status.throttled);
  await Promise.all(Array.from({ length: 20 }, () => send(gateway, 'hello', 300)));
  assert.ok(centre.submits.length <= 24, `asked ${centre.submits.length} times`);
});

test('a centre that drops the connection in the middle is not asked again for the same text', async () => {
  const { centre, gateway } = await scene();
  centre.onSubmit = ({ session }) => session.socket.destroy();
  assert.deepEqual(await send(gateway), { taken: 'perhaps', reason: 'not answered' });
  centre.onSubmit = submit => centre.accept(submit);
  assert.equal((await send(gateway)).taken, true);
  assert.equal(centre.submits.length, 2);
});

test('an answer that comes late or twice changes nothing, and its receipt is still understood', async () => {
  const { centre, gateway, told } = await scene({ responseSeconds: 1 }, { response: 1000 });
  const held: Submit[] = [];
  centre.onSubmit = submit => held.push(submit);
  assert.deepEqual(await send(gateway), { taken: 'perhaps', reason: 'not answered' });
  await centre.until(() => held.length === 1);
  const late = lastId();
  for (const submit of held) {
    centre.accept(submit, 'slow');
    centre.accept(submit, 'slow');
  }
  centre.onSubmit = submit => {
    centre.accept(submit);
    centre.accept(submit);
  };
  assert.equal((await send(gateway)).taken, true);
  assert.equal(centre.submits.length, 2);
  centre.receipt('slow', 'DELIVRD', '819012345678');
  await centre.until(() => told.length > 0);
  assert.deepEqual(told, [{ which: { delivery: late }, outcome: 'delivered' }]);
});

test('a late refusal is told', async () => {
  const { centre, gateway, told } = await scene({}, { response: 50 });
  const held: Submit[] = [];
  centre.onSubmit = submit => held.push(submit);
  await send(gateway);
  await centre.until(() => held.length === 1);
  for (const submit of held) centre.refuse(submit, 0x45);
  await centre.until(() => told.length > 0);
  assert.deepEqual(told, [{ which: { delivery: lastId() }, outcome: 'undelivered' }]);
});

test('whoever gives up learns whether the text had gone out', async () => {
  const { centre, gateway } = await scene({ window: 1 });
  await centre.until(() => gateway.state().is === 'up');
  centre.onSubmit = () => undefined;
  const first = send(gateway, 'first', 2000);
  await centre.until(() => centre.submits.length === 1);
  const second = send(gateway, 'second', 100);
  assert.deepEqual(await second, { taken: false, reason: 'no place in the window' });
  assert.equal((await first).taken, 'perhaps');
  assert.equal(centre.submits.length, 1);
});

test('no more texts wait for an answer than the window has places', async () => {
  const { centre, gateway } = await scene({ window: 3 });
  const held: Submit[] = [];
  let most = 0;
  centre.onSubmit = submit => {
    held.push(submit);
    most = Math.max(most, held.length);
    setTimeout(() => {
      held.splice(held.indexOf(submit), 1);
      centre.accept(submit);
    }, 5);
  };
  const all = await Promise.all(Array.from({ length: 30 }, () => send(gateway)));
  assert.ok(all.every(({ taken }) => taken === true));
  assert.equal(most, 3);
});

test('no more texts go out in a second than the account allows', async () => {
  const { centre, gateway } = await scene({ messagesPerSecond: 50 });
  await send(gateway);
  const began = performance.now();
  await Promise.all(Array.from({ length: 20 }, () => send(gateway)));
  const took = performance.now() - began;
  // One may be owed when a busy machine was late with it.
  assert.ok(took >= 18 * 20 - 5, `${took} ms`);
  assert.equal(centre.submits.length, 21);
});

test('after a restart of the centre texts go out again, and what waited for it goes too', async () => {
  const { centre, gateway } = await scene();
  await send(gateway);
  const { port } = centre;
  await centre.close();
  open.splice(open.indexOf(centre), 1);
  await pause(20);
  const waiting = send(gateway);
  const again = await openCentre(port);
  open.push(again);
  const taken = await waiting;
  await again.until(() => gateway.state().is === 'up');
  assert.equal((await send(gateway)).taken, true);
  assert.equal(again.submits.length, taken.taken === true ? 2 : 1);
});

test('a text waits for a centre that falls right after it came back from a long absence', async () => {
  const { centre, gateway } = await scene();
  await send(gateway);
  centre.bindStatus = 0x08;
  for (const { socket } of centre.sessions) socket.destroy();
  await centre.until(() => centre.heard.filter(({ command }) => command === 'bind_transceiver').length > 5);
  assert.deepEqual(await send(gateway), {
    taken: false,
    reason: 'the bind was refused: 0x08 system error',
  });
  centre.bindStatus = status.ok;
  await centre.until(() => gateway.state().is === 'up');
  for (const { socket } of centre.sessions) socket.destroy();
  await centre.until(() => gateway.state().is === 'down');
  assert.equal((await send(gateway)).taken, true);
});

test('a centre that unbinds gets its answer, and the next text goes over a new connection', async () => {
  const { centre, gateway } = await scene();
  await send(gateway);
  const [session] = centre.sessions;
  session?.write({ command: 'unbind', sequence: 77 });
  await centre.until(() => centre.heard.some(pdu => pdu.command === 'unbind_resp' && pdu.sequence === 77));
  assert.equal((await send(gateway)).taken, true);
  assert.notEqual(centre.submits[1]?.session, session);
});

test('a silent line is asked, and given up when nobody answers', async () => {
  const { centre, gateway, logged } = await scene({}, { enquireLink: 40, response: 1000 });
  await send(gateway);
  await centre.until(() => centre.heard.filter(pdu => pdu.command === 'enquire_link').length > 1);
  assert.equal(gateway.state().is, 'up');
  centre.answersEnquiries = false;
  await centre.until(() => logged.some(line => line.includes('no answer to enquire_link')));
});

test('what nobody can read is refused, and the connection stays', async () => {
  const { centre, gateway, logged } = await scene();
  await send(gateway);
  const [session] = centre.sessions;
  assert.ok(session);
  const raw = (commandId: number, sequence: number, body: string, length?: number): void => {
    const bytes = Buffer.alloc(16 + body.length / 2);
    bytes.writeUInt32BE(length ?? bytes.length, 0);
    bytes.writeUInt32BE(commandId, 4);
    bytes.writeUInt32BE(sequence, 12);
    bytes.write(body, 16, 'hex');
    session.socket.write(bytes);
  };
  raw(0x05, 501, '4141');
  raw(0x0777, 502, '');
  raw(0x05, 503, '00'.repeat(70_000));
  raw(0x15, 504, '');
  raw(0x04, 505, '');
  const answered = () =>
    centre.heard.flatMap(pdu => ('status' in pdu ? [[pdu.command, pdu.sequence, pdu.status] as const] : []));
  await centre.until(() => answered().length >= 5);
  assert.deepEqual(answered(), [
    ['deliver_sm_resp', 501, status.rejected],
    ['generic_nack', 502, status.invalidCommand],
    ['generic_nack', 503, status.invalidLength],
    ['enquire_link_resp', 504, status.ok],
    ['generic_nack', 505, status.invalidLength],
  ]);
  assert.equal((await send(gateway)).taken, true);
  assert.equal(centre.submits[1]?.session, session);
  assert.equal(logged.filter(line => line.includes('something odd')).length, 1);
});

test('an answer whose body nobody can read is an answer all the same; generic_nack is a refusal', async () => {
  const { centre, gateway } = await scene();
  centre.onSubmit = ({ session, sequence }) => {
    const bytes = Buffer.alloc(20, 0x41);
    bytes.writeUInt32BE(20, 0);
    bytes.writeUInt32BE(0x80000004, 4);
    bytes.writeUInt32BE(0, 8);
    bytes.writeUInt32BE(sequence, 12);
    session.socket.write(bytes);
  };
  assert.deepEqual(await send(gateway), { taken: true });
  centre.onSubmit = ({ session, sequence }) =>
    session.write({ command: 'generic_nack', sequence, status: status.invalidLength });
  assert.deepEqual(await send(gateway), { taken: false, reason: '0x02 command length is invalid' });
});

test('a stream that is out of step is given up, and begun anew', async () => {
  const { centre, gateway } = await scene();
  await send(gateway);
  const [session] = centre.sessions;
  session?.socket.write(Buffer.alloc(16));
  await centre.until(() => centre.sessions.size === 1 && !centre.sessions.has(session ?? fail()));
  assert.equal((await send(gateway)).taken, true);
});

test('closing waits for what is under way, unbinds, and takes nothing more', async () => {
  const { centre, gateway } = await scene();
  await send(gateway);
  centre.onSubmit = submit => setTimeout(() => centre.accept(submit), 50);
  const last = send(gateway);
  await centre.until(() => centre.submits.length === 2);
  await gateway.close();
  assert.equal((await last).taken, true);
  assert.equal(centre.heard.at(-1)?.command, 'unbind');
  assert.deepEqual(await send(gateway), { taken: false, reason: 'closed' });
});

function fail(): never {
  throw new Error('no session');
}
