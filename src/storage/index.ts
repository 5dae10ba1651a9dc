export { openSealer, type Place, type Sealer } from './seal.ts';
export { type Db, isPassing, openStorage, type Storage, self, type Tx, takeLease } from './storage.ts';
export type { Tables } from './tables.ts';
