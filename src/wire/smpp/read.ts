import { type OctetReader, openReader } from './octets.ts';
import { commandOf, headLength, type Pdu, type ShortMessage, type SmeAddress } from './pdu.ts';

export type Read =
  | { readonly read: true; readonly pdu: Pdu }
  /** what can be said of a PDU whose head alone can be read */
  | {
      readonly read: false;
      readonly commandId: number;
      readonly status: number;
      readonly sequence: number;
      readonly because: 'unknown-command' | 'malformed';
      readonly reason: string;
    };

/** Reads one whole PDU (SMPP 3.4 §3.2), at least its head of 16 octets. */
export function readPdu(frame: Buffer): Read {
  const commandId = frame.readUInt32BE(4);
  const status = frame.readUInt32BE(8);
  const sequence = frame.readUInt32BE(12);
  const head = { commandId, status, sequence };
  const command = commandOf(commandId);
  if (command === undefined)
    return { read: false, ...head, because: 'unknown-command', reason: `command ${commandId.toString(16)}` };
  const reader = openReader(frame, headLength);
  const pdu = bodyOf(command, { status, sequence }, reader);
  const fault = reader.fault();
  return fault === undefined
    ? { read: true, pdu }
    : { read: false, ...head, because: 'malformed', reason: `${command}: ${fault}` };
}

function bodyOf(
  command: Pdu['command'],
  { status, sequence }: { status: number; sequence: number },
  reader: OctetReader,
): Pdu {
  switch (command) {
    case 'bind_transmitter':
    case 'bind_receiver':
    case 'bind_transceiver':
      return {
        command,
        sequence,
        systemId: reader.text(16),
        password: reader.text(9),
        systemType: reader.text(13),
        interfaceVersion: reader.octet(),
        addressRange: addressOf(reader, 41),
      };
    case 'bind_transmitter_resp':
    case 'bind_receiver_resp':
    case 'bind_transceiver_resp':
      // A refusal may come without a body (§4.1.2).
      return { command, sequence, status, systemId: reader.atEnd() ? '' : reader.text(16) };
    case 'submit_sm':
    case 'deliver_sm':
      return { command, sequence, message: messageOf(reader) };
    case 'data_sm':
      return { command, sequence, message: dataOf(reader) };
    case 'submit_sm_resp':
    case 'deliver_sm_resp':
    case 'data_sm_resp':
      return { command, sequence, status, messageId: reader.atEnd() ? '' : reader.text(65) };
    case 'enquire_link':
    case 'unbind':
    case 'alert_notification':
      return { command, sequence };
    case 'enquire_link_resp':
    case 'unbind_resp':
    case 'generic_nack':
      return { command, sequence, status };
  }
}

const addressOf = (reader: OctetReader, most: number): SmeAddress => ({
  ton: reader.octet(),
  npi: reader.octet(),
  digits: reader.text(most),
});

// The order of the properties is the order on the wire.
const messageOf = (reader: OctetReader): ShortMessage => ({
  serviceType: reader.text(6),
  source: addressOf(reader, 21),
  destination: addressOf(reader, 21),
  esmClass: reader.octet(),
  protocolId: reader.octet(),
  priority: reader.octet(),
  scheduleDeliveryTime: reader.text(17),
  validityPeriod: reader.text(17),
  registeredDelivery: reader.octet(),
  replaceIfPresent: reader.octet(),
  dataCoding: reader.octet(),
  defaultMessageId: reader.octet(),
  content: reader.octets(reader.octet()),
  tlvs: reader.tlvs(),
});

function dataOf(reader: OctetReader): ShortMessage {
  const empty = { protocolId: 0, priority: 0, scheduleDeliveryTime: '', validityPeriod: '' };
  return {
    ...empty,
    replaceIfPresent: 0,
    defaultMessageId: 0,
    content: Buffer.alloc(0),
    serviceType: reader.text(6),
    source: addressOf(reader, 65),
    destination: addressOf(reader, 65),
    esmClass: reader.octet(),
    registeredDelivery: reader.octet(),
    dataCoding: reader.octet(),
    tlvs: reader.tlvs(),
  };
}
