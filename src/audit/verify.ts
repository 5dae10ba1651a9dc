import type { Instant } from '../kit/clock.ts';
import type { Storage, Tx } from '../storage/index.ts';
import { compare, type Mismatch } from './checkpoint.ts';
import { isGenuine, type Keys } from './record.ts';
import { genesis, hashOf, prunedMacOf } from './seal.ts';
import { portions, rowsOf, rowWithId, type Seal, type SealedRow, sealBefore, tail } from './snapshot.ts';

/** The first thing found that is not as it was written. */
export type Finding =
  | RecordFinding
  | { readonly what: 'seal'; readonly why: 'altered' | 'missing'; readonly number: number }
  | Mismatch;

interface RecordFinding {
  readonly what: 'record';
  readonly why: 'altered' | 'missing' | 'inserted' | 'reordered';
  readonly id: string;
  readonly at: Instant;
  readonly kind: string | undefined;
  readonly seal: number | undefined;
}

export interface Verification {
  readonly finding: Finding | undefined;
  readonly records: number;
  readonly seals: number;
  /** seals whose records were removed because their time was over */
  readonly pruned: number;
  /** records of the last seconds: genuine each, in no chain yet */
  readonly unsealed: number;
}

export interface VerifyOptions {
  /** the number of the first seal to look at; what came before is believed */
  readonly from?: number;
  /** what `checkpoint()` said at another time and was kept in another place */
  readonly checkpoint?: string;
  /** told after every few thousand records */
  readonly onProgress?: (soFar: { readonly records: number; readonly seals: number }) => void;
}

/** Reads the whole log in one snapshot, oldest seal first, and stops at the first thing that is wrong. */
export function verify(storage: Storage, keys: Keys, options: VerifyOptions): Promise<Verification> {
  return storage.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(tx => walk(tx, keys, options));
}

async function walk(tx: Tx, keys: Keys, options: VerifyOptions): Promise<Verification> {
  const from = options.from ?? 1;
  const so = { records: 0, seals: 0, pruned: 0, unsealed: 0 };
  const ends = (finding?: Finding): Verification => ({ ...so, finding });

  const mismatch = options.checkpoint === undefined ? undefined : await compare(tx, options.checkpoint);
  let last = from > 1 ? await sealBefore(tx, from) : { number: 0, hash: genesis };
  if (!last) return ends({ what: 'seal', why: 'missing', number: from - 1 });
  for await (const seals of portions(tx, from)) {
    const rows = await rowsOf(tx, last.number, seals);
    let taken = 0;
    for (const seal of seals) {
      if (seal.number !== last.number + 1)
        return ends({ what: 'seal', why: 'missing', number: last.number + 1 });
      const finding = checkRecords(keys, seal, rows.slice(taken, taken + seal.records.length + 1));
      if (finding) return ends(await lookCloser(tx, finding));
      if (!isSound(keys, last.hash, seal, rows.slice(taken, taken + seal.records.length)))
        return ends({ what: 'seal', why: 'altered', number: seal.number });
      taken += seal.records.length;
      so.records += seal.records.length;
      so.seals += 1;
      if (seal.pruned_mac) so.pruned += 1;
      last = seal;
    }
    options.onProgress?.(so);
  }
  for await (const rows of tail(tx, last.number)) {
    for (const row of rows) {
      if (row.seal !== null) return ends(found('inserted', row));
      if (!isGenuine(keys, row)) return ends(found('altered', row));
      so.unsealed += 1;
    }
    options.onProgress?.(so);
  }
  return ends(mismatch);
}

/** Compares the records that a seal names with the rows that bear its number; both are in order of id. */
function checkRecords(keys: Keys, seal: Seal, rows: readonly SealedRow[]): Finding | undefined {
  for (const [i, id] of seal.records.entries()) {
    const row = rows[i];
    if (row && row.seal !== null && row.seal < seal.number) return found('inserted', row);
    if (!row || row.seal !== seal.number || row.id > id)
      return { what: 'record', why: 'missing', id, at: instantOf(id), kind: undefined, seal: seal.number };
    if (row.id < id) return found('inserted', row);
    if (!isGenuine(keys, row)) {
      const isAnothers = seal.records.some(other => other !== id && isGenuine(keys, { ...row, id: other }));
      return found(isAnothers ? 'reordered' : 'altered', row);
    }
  }
  const extra = rows[seal.records.length];
  return extra && extra.seal !== null && extra.seal <= seal.number ? found('inserted', extra) : undefined;
}

/** A record that is not under its seal may still be there, with the number of its seal altered. */
async function lookCloser(tx: Tx, finding: Finding): Promise<Finding> {
  if (finding.what !== 'record' || finding.why !== 'missing') return finding;
  const row = await rowWithId(tx, finding.id);
  return row ? { ...found('altered', row), seal: finding.seal } : finding;
}

function isSound(keys: Keys, previous: Buffer, seal: Seal, rows: readonly SealedRow[]): boolean {
  const { pruned_mac: proof } = seal;
  if (proof) return seal.records.length === 0 && keys.some(key => prunedMacOf(key, seal).equals(proof));
  const macs = rows.map(row => row.mac);
  return keys.some(key => hashOf(key, previous, seal, macs).equals(seal.hash));
}

const found = (why: 'altered' | 'inserted' | 'reordered', row: SealedRow): RecordFinding => ({
  what: 'record',
  why,
  id: row.id,
  at: row.at,
  kind: row.kind,
  seal: row.seal ?? undefined,
});

/** The time is the beginning of the id; it is all that is left of a row that is gone. */
const instantOf = (id: string): Instant => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
