import type { Fuzzed } from './driver.ts';
import { fuzzed as sdp } from './sdp.ts';
import { fuzzed as sip } from './sip.ts';

/** Every codec of `src/wire`. */
export const codecs: readonly Fuzzed[] = [sdp, sip];
