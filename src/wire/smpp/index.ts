export { type Framed, openFramer } from './framer.ts';
export { decodeGsm, encodeGsm } from './gsm.ts';
export type { Tlvs } from './octets.ts';
export { type Alphabet, type Coded, type Part, partsOf, readPart } from './parts.ts';
export {
  type BindCommand,
  codings,
  esm,
  isResponse,
  type Pdu,
  type Request,
  type Response,
  type ShortMessage,
  type SmeAddress,
  tags,
} from './pdu.ts';
export { type Read, readPdu } from './read.ts';
export {
  type IdForm,
  idForms,
  idKey,
  keyOfReceipt,
  type MessageState,
  type Receipt,
  readReceipt,
} from './receipt.ts';
export { status, statusName } from './status.ts';
export { writePdu } from './write.ts';
