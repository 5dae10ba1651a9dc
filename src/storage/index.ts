export { ask } from './ask.ts';
export { type AskedOfUser, type Attempts, lookAgain, openAttempts } from './attempts.ts';
export { change, type Part, type Put } from './change.ts';
export { enqueue, type Handler, type Message, type Outbox, openOutbox } from './outbox.ts';
export { openSealer, type Place, type Sealer } from './seal.ts';
export {
  type Db,
  isPassing,
  isReachable,
  openStorage,
  type Storage,
  self,
  type Tx,
  takeLease,
} from './storage.ts';
export type { Tables } from './tables.ts';
