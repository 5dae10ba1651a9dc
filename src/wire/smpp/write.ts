import { cString, writeTlvs } from './octets.ts';
import { headLength, idOf, type Pdu, type ShortMessage, type SmeAddress } from './pdu.ts';

/** One PDU as octets. A string that its field cannot hold is cut: check what people typed before. */
export function writePdu(pdu: Pdu): Buffer {
  const head = Buffer.alloc(headLength);
  const whole = Buffer.concat([head, ...bodyOf(pdu)]);
  whole.writeUInt32BE(whole.length, 0);
  whole.writeUInt32BE(idOf(pdu.command), 4);
  whole.writeUInt32BE('status' in pdu ? pdu.status : 0, 8);
  whole.writeUInt32BE(pdu.sequence, 12);
  return whole;
}

function bodyOf(pdu: Pdu): readonly Buffer[] {
  switch (pdu.command) {
    case 'bind_transmitter':
    case 'bind_receiver':
    case 'bind_transceiver':
      return [
        cString(pdu.systemId, 16),
        cString(pdu.password, 9),
        cString(pdu.systemType, 13),
        Buffer.from([pdu.interfaceVersion]),
        ...address(pdu.addressRange, 41),
      ];
    case 'bind_transmitter_resp':
    case 'bind_receiver_resp':
    case 'bind_transceiver_resp':
      return [cString(pdu.systemId, 16)];
    case 'submit_sm':
    case 'deliver_sm':
      return message(pdu.message);
    case 'data_sm':
      return [
        cString(pdu.message.serviceType, 6),
        ...address(pdu.message.source, 65),
        ...address(pdu.message.destination, 65),
        Buffer.from([pdu.message.esmClass, pdu.message.registeredDelivery, pdu.message.dataCoding]),
        ...writeTlvs(pdu.message.tlvs),
      ];
    case 'submit_sm_resp':
    case 'deliver_sm_resp':
    case 'data_sm_resp':
      return [cString(pdu.messageId, 65)];
    default:
      return [];
  }
}

const address = ({ ton, npi, digits }: SmeAddress, most: number): readonly Buffer[] => [
  Buffer.from([ton, npi]),
  cString(digits, most),
];

function message(of: ShortMessage): readonly Buffer[] {
  const content = of.content.subarray(0, 255);
  return [
    cString(of.serviceType, 6),
    ...address(of.source, 21),
    ...address(of.destination, 21),
    Buffer.from([of.esmClass, of.protocolId, of.priority]),
    cString(of.scheduleDeliveryTime, 17),
    cString(of.validityPeriod, 17),
    Buffer.from([
      of.registeredDelivery,
      of.replaceIfPresent,
      of.dataCoding,
      of.defaultMessageId,
      content.length,
    ]),
    content,
    ...writeTlvs(of.tlvs),
  ];
}
