export { type Address, readAddress, tagOf, writeAddress } from './address.ts';
export {
  answerChallenge,
  type Challenge,
  chooseChallenge,
  type DigestAlgorithm,
  type Proof,
  readChallenge,
} from './digest.ts';
export { type Framed, openFramer } from './framer.ts';
export {
  addressOf,
  type CSeq,
  callIdOf,
  cseqOf,
  type Header,
  hasOption,
  headerOf,
  linesOf,
  numberOf,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  valuesOf,
  viaOf,
  writeMessage,
} from './message.ts';
export { type Param, paramOf } from './params.ts';
export { type Parsed, parseMessage } from './parse.ts';
export { escapeUser, hostPort, readUri, type SipUri, writeUri } from './uri.ts';
export { branchOf, readVia, received, type Via, writeVia } from './via.ts';
