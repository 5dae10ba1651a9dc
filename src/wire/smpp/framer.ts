import { headLength } from './pdu.ts';

export type Framed =
  | { readonly framed: 'whole'; readonly bytes: Buffer }
  /** longer than anything that we take: it is skipped, and what follows it is read */
  | { readonly framed: 'too-long'; readonly commandId: number; readonly sequence: number }
  /** where the next PDU begins cannot be known: the connection is of no use any more */
  | { readonly framed: 'lost'; readonly reason: string };

/** A message_payload of 64 kB and what stands around it. */
const longest = 66_000;
/** What is longer is no length: the stream is out of step. */
const hopeless = 1_000_000;

/** Cuts PDUs out of a stream by their command_length (SMPP 3.4 §3.2). Never holds more than one. */
export function openFramer(): { push(chunk: Buffer): readonly Framed[] } {
  let pieces: Buffer[] = [];
  let held = 0;
  /** octets without which looking again is of no use */
  let needed = headLength;
  let skipping = 0;
  let lost = false;

  function* cut(): Generator<Framed> {
    if (held < needed) return;
    const bytes = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
    let at = 0;
    needed = headLength;
    while (bytes.length - at >= headLength) {
      const length = bytes.readUInt32BE(at);
      if (length < headLength || length > hopeless) {
        lost = true;
        pieces = [];
        held = 0;
        return yield { framed: 'lost', reason: `a PDU of ${length} octets` };
      }
      if (length > longest) {
        const [commandId, sequence] = [bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 12)];
        yield { framed: 'too-long', commandId, sequence };
        skipping = Math.max(0, at + length - bytes.length);
        at = Math.min(at + length, bytes.length);
        continue;
      }
      if (bytes.length - at < length) {
        needed = length;
        break;
      }
      yield { framed: 'whole', bytes: bytes.subarray(at, at + length) };
      at += length;
    }
    pieces = at < bytes.length ? [bytes.subarray(at)] : [];
    held = bytes.length - at;
  }

  return {
    push(chunk) {
      if (lost) return [];
      const skipped = Math.min(skipping, chunk.length);
      skipping -= skipped;
      if (skipped === chunk.length) return [];
      pieces.push(chunk.subarray(skipped));
      held += chunk.length - skipped;
      return [...cut()];
    },
  };
}
