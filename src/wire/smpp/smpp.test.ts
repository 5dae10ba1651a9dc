import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decodeGsm,
  encodeGsm,
  idForms,
  keyOfReceipt,
  openFramer,
  type Pdu,
  partsOf,
  readPart,
  readPdu,
  readReceipt,
  type ShortMessage,
  writePdu,
} from './index.ts';

const message = (changes: Partial<ShortMessage> = {}): ShortMessage => ({
  serviceType: '',
  source: { ton: 5, npi: 0, digits: 'Genkan' },
  destination: { ton: 1, npi: 1, digits: '819012345678' },
  esmClass: 0,
  protocolId: 0,
  priority: 0,
  scheduleDeliveryTime: '',
  validityPeriod: '',
  registeredDelivery: 1,
  replaceIfPresent: 0,
  dataCoding: 0,
  defaultMessageId: 0,
  content: Buffer.from('hello'),
  tlvs: new Map(),
  ...changes,
});

const roundTrip = (pdu: Pdu): Pdu => {
  const found = readPdu(writePdu(pdu));
  assert.ok(found.read, found.read ? '' : found.reason);
  return found.pdu;
};

test('a bind and a submit are, octet by octet, what SMPP 3.4 writes', () => {
  const bind: Pdu = {
    command: 'bind_transceiver',
    sequence: 1,
    systemId: 'genkan',
    password: 'secret',
    systemType: '',
    interfaceVersion: 0x34,
    addressRange: { ton: 0, npi: 0, digits: '' },
  };
  assert.equal(
    writePdu(bind).toString('hex'),
    '00000023000000090000000000000001' + '67656e6b616e00' + '73656372657400' + '00' + '34' + '0000' + '00',
  );
  assert.deepEqual(roundTrip(bind), bind);
  const submit: Pdu = { command: 'submit_sm', sequence: 2, message: message() };
  assert.equal(
    writePdu(submit).toString('hex'),
    '00000038000000040000000000000002' +
      '00' +
      '050047656e6b616e00' +
      '010138313930313233343536373800' +
      '000000' +
      '0000' +
      '01000000' +
      '0568656c6c6f',
  );
  assert.deepEqual(roundTrip(submit), submit);
});

test('a refusal may come without a body', () => {
  for (const [id, command] of [
    [0x80000009, 'bind_transceiver_resp'],
    [0x80000004, 'submit_sm_resp'],
  ] as const) {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32BE(16, 0);
    bytes.writeUInt32BE(id, 4);
    bytes.writeUInt32BE(0x0e, 8);
    bytes.writeUInt32BE(3, 12);
    const found = readPdu(bytes);
    assert.ok(found.read && found.pdu.command === command && found.pdu.status === 0x0e);
  }
});

test('what is cut off, has no end or is not known is not read, and says whose answer it would have been', () => {
  const whole = writePdu({ command: 'deliver_sm', sequence: 9, message: message() });
  const cut = readPdu(whole.subarray(0, whole.length - 2));
  assert.deepEqual(
    { ...cut, reason: '' },
    { read: false, commandId: 5, status: 0, sequence: 9, because: 'malformed', reason: '' },
  );
  const long = Buffer.from(whole);
  long.fill(0x41, 17, 40);
  assert.equal(readPdu(long).read, false);
  long.writeUInt32BE(0x77, 4);
  const unknown = readPdu(long);
  assert.equal(!unknown.read && unknown.because, 'unknown-command');
});

test('PDUs are cut out of a stream, whatever pieces it comes in; a long one is skipped; a senseless length ends it', () => {
  const pdus = [1, 2, 3].map(sequence => writePdu({ command: 'deliver_sm', sequence, message: message() }));
  const stream = Buffer.concat(pdus);
  for (let size = 1; size < 70; size++) {
    const framer = openFramer();
    const found = [];
    for (let at = 0; at < stream.length; at += size)
      found.push(...framer.push(stream.subarray(at, at + size)));
    assert.deepEqual(
      found.map(one => one.framed === 'whole' && one.bytes.toString('hex')),
      pdus.map(pdu => pdu.toString('hex')),
    );
  }
  const tooLong = Buffer.alloc(100_000);
  tooLong.writeUInt32BE(tooLong.length, 0);
  tooLong.writeUInt32BE(5, 4);
  tooLong.writeUInt32BE(44, 12);
  const mixed = Buffer.concat([pdus[0] ?? stream, tooLong, pdus[1] ?? stream]);
  const framer = openFramer();
  const found = [];
  for (let at = 0; at < mixed.length; at += 1000) found.push(...framer.push(mixed.subarray(at, at + 1000)));
  assert.deepEqual(
    found.map(one => one.framed),
    ['whole', 'too-long', 'whole'],
  );
  assert.deepEqual(found[1], { framed: 'too-long', commandId: 5, sequence: 44 });
  for (const length of [0, 15, 0xffffffff]) {
    const senseless = Buffer.alloc(16);
    senseless.writeUInt32BE(length, 0);
    const ended = openFramer();
    assert.equal(ended.push(senseless)[0]?.framed, 'lost');
    assert.deepEqual(ended.push(stream), []);
  }
});

test('GSM 03.38 writes all of its 127 characters and 10 escaped ones, and no others', () => {
  const all = Array.from({ length: 128 }, (_, code) =>
    code === 0x1b ? '' : decodeGsm(Buffer.from([code])),
  ).join('');
  assert.equal(new Set(all).size, 127);
  assert.equal(encodeGsm(all)?.length, 127);
  assert.equal(encodeGsm('{[~]}\\^|€\f')?.toString('hex'), '1b281b3c1b3d1b3e1b291b2f1b141b401b651b0a');
  assert.equal(decodeGsm(Buffer.from('1b281b41', 'hex')), '{A');
  for (const strange of ['ç', '`', '玄', '\u00a0']) assert.equal(encodeGsm(strange), undefined);
});

test('a text is one message up to 160, 140 or 70 characters, and several from there', () => {
  const count = (text: string, alphabet: 'gsm' | 'latin1' | 'ucs2'): number | undefined =>
    partsOf(text, alphabet, 1)?.parts.length;
  assert.equal(count('a'.repeat(160), 'gsm'), 1);
  assert.equal(count('a'.repeat(161), 'gsm'), 2);
  assert.equal(count('€'.repeat(80), 'gsm'), 1);
  assert.equal(count('€'.repeat(81), 'gsm'), 2);
  assert.equal(count('ç'.repeat(140), 'latin1'), 1);
  assert.equal(count('ç'.repeat(141), 'latin1'), 2);
  assert.equal(count('玄'.repeat(70), 'gsm'), 1);
  assert.equal(count('玄'.repeat(71), 'gsm'), 2);
  assert.equal(count('a'.repeat(71), 'ucs2'), 2);
  assert.equal(count('a'.repeat(1530), 'gsm'), 10);
  assert.equal(count('a'.repeat(1531), 'gsm'), undefined);
  assert.deepEqual(
    partsOf('a'.repeat(170), 'gsm', 0x2a)?.parts.map(part => [
      part.subarray(0, 6).toString('hex'),
      part.length,
    ]),
    [
      ['0500032a0201', 159],
      ['0500032a0202', 23],
    ],
  );
});

test('no part begins or ends inside a character, wherever it falls', () => {
  for (const character of ['😀', '👩‍👩‍👧‍👦', 'が', '🇯🇵', '𠮷']) {
    for (let before = 55; before < 70; before++) {
      const text = `${'あ'.repeat(before)}${character}${'い'.repeat(70)}`;
      const coded = partsOf(text, 'gsm', 3);
      assert.ok(coded);
      const read = coded.parts.map(part => readPart(part, coded.dataCoding, true));
      assert.equal(read.map(part => part.text).join(''), text);
      assert.ok(
        read.some(part => part.text.includes(character)),
        `${character} after ${before}`,
      );
      for (const part of coded.parts) assert.ok(part.length <= 140);
      assert.deepEqual(
        read.map(part => [part.reference, part.total, part.number]),
        read.map((_, index) => [3, read.length, index + 1]),
      );
    }
  }
  for (let before = 150; before < 156; before++) {
    const coded = partsOf(`${'a'.repeat(before)}€${'b'.repeat(20)}`, 'gsm', 3);
    assert.ok(coded?.parts.every(part => part.at(-1) !== 0x1b && part.length <= 159));
  }
});

test('one character that is longer than a message is cut between its code points', () => {
  const endless = `e${'\u0301'.repeat(90)}`;
  const coded = partsOf(endless, 'gsm', 1);
  assert.equal(coded?.parts.length, 2);
});

const receiptText = (id: string, stat = 'DELIVRD'): string =>
  `id:${id} sub:001 dlvrd:001 submit date:2604060000 done date:2604060001 stat:${stat} err:012 text:id:7 stat:UNDELIV`;

test('a receipt is read from its text or from its TLVs; a text of a person is none', () => {
  const text = message({ esmClass: 0x04, content: Buffer.from(receiptText('0A1b')) });
  assert.deepEqual(readReceipt(text), { messageId: '0A1b', state: 'delivered', error: '012' });
  const wide = Buffer.from(receiptText('5', 'UNDELIV'), 'utf16le').swap16();
  assert.deepEqual(readReceipt({ ...text, dataCoding: 8, content: wide }), {
    messageId: '5',
    state: 'undeliverable',
    error: '012',
  });
  const tlvs = new Map([
    [0x001e, Buffer.from('77\0')],
    [0x0427, Buffer.from([5])],
  ]);
  assert.deepEqual(readReceipt(message({ tlvs, content: Buffer.alloc(0) })), {
    messageId: '77',
    state: 'undeliverable',
  });
  const payload = new Map([[0x0424, Buffer.from(receiptText('9', 'EXPIRED'))]]);
  assert.equal(readReceipt({ ...text, content: Buffer.alloc(0), tlvs: payload })?.state, 'expired');
  assert.equal(readReceipt(message({ content: Buffer.from(receiptText('1')) })), undefined);
  assert.equal(readReceipt(message({ esmClass: 0x04, content: Buffer.from('no id') })), undefined);
});

test('ids are the same as text, or as a number in the other base', () => {
  const keys = (id: string) => idForms.map(form => keyOfReceipt(id, form));
  assert.deepEqual(keys('00AbC'), ['abc', undefined, '2748']);
  assert.deepEqual(keys('2748'), ['2748', 'abc', '10056']);
  assert.deepEqual(keys('f3-7'), ['f3-7', undefined, undefined]);
});
