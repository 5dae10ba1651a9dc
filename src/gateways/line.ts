import type { Sealer } from '../storage/index.ts';
import type { PhoneNumber } from './gateway.ts';
import { canBeTexted } from './phone-number.ts';

/** What rings: a number, with what is dialled behind it. */
export interface Line {
  readonly number: PhoneNumber;
  readonly extension?: string | undefined;
}

/**
 * What is behind a number. A mobile phone has no extension, whatever is written there: it rings each time. A number
 * that may be one (North America) counts as one, although an extension is dialled there: each that somebody makes up
 * would otherwise be a budget of its own.
 */
export const behind = ({ number, extension }: Line): string | undefined =>
  canBeTexted(number) ? undefined : extension;

/** The line under a blind index: who reads it learns no number. */
export const lineIndex = (sealer: Sealer, line: Line): Buffer =>
  sealer.index('line', `${line.number};ext=${behind(line) ?? ''}`);
