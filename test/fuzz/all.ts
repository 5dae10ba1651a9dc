import type { Fuzzed } from './driver.ts';
import { fuzzed as rtp } from './rtp.ts';
import { fuzzed as sdp } from './sdp.ts';
import { fuzzed as sip } from './sip.ts';
import { fuzzed as smpp } from './smpp.ts';

/** Every codec of `src/wire`. */
export const codecs: readonly Fuzzed[] = [rtp, sdp, sip, smpp];
