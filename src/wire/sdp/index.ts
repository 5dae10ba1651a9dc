export {
  type Agreed,
  type Agreement,
  agree,
  answerTo,
  type Codec,
  type Name,
  type Ours,
  offerOf,
  ourTelephoneEvent,
} from './negotiate.ts';
export { readSession } from './read.ts';
export type { Crypto, Direction, Encoding, Media, ReadSession, Session } from './session.ts';
export { writeSession } from './write.ts';
