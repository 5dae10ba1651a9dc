import assert from 'node:assert/strict';
import {
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
} from '../../src/wire/smpp/index.ts';
import type { Fuzzed } from './driver.ts';

const message: ShortMessage = {
  serviceType: 'OTP',
  source: { ton: 5, npi: 0, digits: 'Genkan' },
  destination: { ton: 1, npi: 1, digits: '819012345678' },
  esmClass: 4,
  protocolId: 0,
  priority: 0,
  scheduleDeliveryTime: '',
  validityPeriod: '000000000500000R',
  registeredDelivery: 1,
  replaceIfPresent: 0,
  dataCoding: 0,
  defaultMessageId: 0,
  content: Buffer.from(
    'id:0123ABCDEF sub:001 dlvrd:001 submit date:2604060000 done date:2604060001 stat:DELIVRD err:000 text:abc',
  ),
  tlvs: new Map([
    [0x001e, Buffer.from('19088743\0')],
    [0x0427, Buffer.from([2])],
  ]),
};

const pdus: readonly Pdu[] = [
  {
    command: 'bind_transceiver',
    sequence: 1,
    systemId: 'genkan',
    password: 'secret',
    systemType: '',
    interfaceVersion: 0x34,
    addressRange: { ton: 0, npi: 0, digits: '' },
  },
  { command: 'bind_transceiver_resp', sequence: 1, status: 0, systemId: 'smsc' },
  {
    command: 'submit_sm',
    sequence: 2,
    message: { ...message, esmClass: 0x40, content: Buffer.from('050003070201', 'hex') },
  },
  { command: 'submit_sm_resp', sequence: 2, status: 0x58, messageId: '' },
  { command: 'deliver_sm', sequence: 7, message },
  { command: 'data_sm', sequence: 8, message },
  { command: 'enquire_link', sequence: 9 },
];

const seeds = [
  ...pdus.map(writePdu),
  Buffer.concat(pdus.map(writePdu)),
  Buffer.from('確認コードは [1] 👩‍👩‍👧 です。'.repeat(9)),
];

/** What can be read is written and read again as the same; however the stream is cut, it gives the same PDUs. */
function run(input: Buffer): void {
  const inOne = openFramer().push(input);
  const framer = openFramer();
  const third = Math.ceil(input.length / 3) || 1;
  const inPieces = [0, third, 2 * third].flatMap(at => framer.push(input.subarray(at, at + third)));
  assert.deepEqual(inPieces, inOne);
  for (const framed of inOne) {
    if (framed.framed !== 'whole') continue;
    const found = readPdu(framed.bytes);
    if (!found.read) continue;
    const again = readPdu(writePdu(found.pdu));
    assert.ok(again.read, again.read ? '' : again.reason);
    assert.deepEqual(again.pdu, found.pdu);
    if (!('message' in found.pdu)) continue;
    const receipt = readReceipt(found.pdu.message);
    for (const form of idForms) if (receipt) keyOfReceipt(receipt.messageId, form);
  }

  const text = input.toString('utf8').slice(0, 700);
  const coded = partsOf(text, 'gsm', 7);
  if (!coded) return;
  const read = coded.parts.map(part => readPart(part, coded.dataCoding, coded.parts.length > 1).text);
  assert.equal(read.join(''), text.toWellFormed());
  for (const part of read) assert.ok(part.isWellFormed());
}

export const fuzzed: Fuzzed = { name: 'smpp', seeds, run };
