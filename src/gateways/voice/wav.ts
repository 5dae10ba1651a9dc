/** The sound in a WAV file, or why it cannot be played on a telephone as it is. */
export type ReadWav =
  | { readonly read: true; readonly samples: Int16Array }
  | { readonly read: false; readonly problem: WavProblem };

export type WavProblem =
  | { readonly is: 'not-wav' }
  | { readonly is: 'cut-short' }
  | { readonly is: 'compressed' }
  | { readonly is: 'rate'; readonly found: number }
  | { readonly is: 'channels'; readonly found: number }
  | { readonly is: 'bits'; readonly found: number };

const pcm = 1;
const extensible = 0xfffe;

/** Reads RIFF WAVE with what a telephone line carries: PCM of 16 bits, 8000 a second, one channel. */
export function readWav(file: Buffer): ReadWav {
  const no = (problem: WavProblem): ReadWav => ({ read: false, problem });
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    return no({ is: 'not-wav' });
  let format: Buffer | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + length);
    if (body.length < length) return no({ is: 'cut-short' });
    if (name === 'fmt ') format = body;
    if (name === 'data') {
      const problem = format ? problemIn(format) : ({ is: 'not-wav' } as const);
      return problem ? no(problem) : { read: true, samples: samplesIn(body) };
    }
    // chunks begin at even places
    at += 8 + length + (length % 2);
  }
  return no({ is: 'cut-short' });
}

function problemIn(format: Buffer): WavProblem | undefined {
  if (format.length < 16) return { is: 'not-wav' };
  const tag = format.readUInt16LE(0);
  const kind = tag === extensible && format.length >= 26 ? format.readUInt16LE(24) : tag;
  const channels = format.readUInt16LE(2);
  const rate = format.readUInt32LE(4);
  const bits = format.readUInt16LE(14);
  if (kind !== pcm) return { is: 'compressed' };
  if (rate !== 8000) return { is: 'rate', found: rate };
  if (channels !== 1) return { is: 'channels', found: channels };
  if (bits !== 16) return { is: 'bits', found: bits };
  return undefined;
}

function samplesIn(body: Buffer): Int16Array {
  const samples = new Int16Array(Math.floor(body.length / 2));
  for (let i = 0; i < samples.length; i++) samples[i] = body.readInt16LE(2 * i);
  return samples;
}
