/** The keys of DTMF, in the order of their event codes (RFC 4733 §3.2). */
export const eventKeys = '0123456789*#ABCD';

export interface TelephoneEvent {
  readonly event: number;
  readonly end: boolean;
  /** as dBm0 without its sign */
  readonly volume: number;
  /** in units of the timestamp */
  readonly duration: number;
}

/** RFC 4733 §2.3; nothing when the payload is too short to be one. */
export function readTelephoneEvent(payload: Buffer): TelephoneEvent | undefined {
  if (payload.length < 4) return undefined;
  return {
    event: payload.readUInt8(0),
    end: (payload.readUInt8(1) & 0x80) !== 0,
    volume: payload.readUInt8(1) & 0x3f,
    duration: payload.readUInt16BE(2),
  };
}

export function writeTelephoneEvent(event: TelephoneEvent): Buffer {
  const out = Buffer.alloc(4);
  out[0] = event.event;
  out[1] = (event.end ? 0x80 : 0) | event.volume;
  out.writeUInt16BE(event.duration, 2);
  return out;
}

/** Turns the packets of telephone-events of one source into keys. */
export interface KeyReader {
  /** The key that this packet is the first to tell of; nothing when it tells of an old one, or of no key. */
  take(packet: {
    readonly marker: boolean;
    readonly sequence: number;
    readonly timestamp: number;
    readonly payload: Buffer;
  }): string | undefined;
}

/** Ten seconds: a packet that comes later than that is of a clock that was set anew. */
const latest = 80_000;

/**
 * One key per timestamp, whichever of its packets comes first: the start, an update or one of up to three
 * ends may be lost. A long key goes on under a new timestamp (RFC 4733 §2.5.1.3), and there are telephones
 * that move the timestamp in every update: what follows without a gap, without a marker and without an end
 * before it is the same key.
 */
export function openKeyReader(): KeyReader {
  let last: { event: number; timestamp: number; sequence: number; ended: boolean } | undefined;
  return {
    take({ marker, sequence, timestamp, payload }) {
      const read = readTelephoneEvent(payload);
      if (!read) return undefined;
      const ahead = last ? (timestamp - last.timestamp) | 0 : 0;
      if (ahead < 0 && ahead > -latest) return undefined;
      const isSame =
        last !== undefined &&
        (timestamp === last.timestamp ||
          (read.event === last.event &&
            !last.ended &&
            !marker &&
            ((sequence - last.sequence) & 0xffff) === 1));
      const ended = read.end || (isSame && timestamp === last?.timestamp && last.ended);
      last = { event: read.event, timestamp, sequence, ended };
      return isSame ? undefined : eventKeys[read.event];
    },
  };
}

export interface EventFrame {
  readonly marker: boolean;
  readonly payload: Buffer;
}

/** A key as it is sent, one packet for each frame and all under one timestamp; the last three say the end. */
export function eventFrames(key: string, frame = { units: 160, held: 8 }): readonly EventFrame[] {
  const event = eventKeys.indexOf(key);
  if (event === -1 || key.length !== 1) return [];
  const lastUnits = frame.units * frame.held;
  return Array.from({ length: frame.held + 2 }, (_, i) => ({
    marker: i === 0,
    payload: writeTelephoneEvent({
      event,
      end: i >= frame.held - 1,
      volume: 10,
      duration: Math.min(lastUnits, frame.units * (i + 1)),
    }),
  }));
}
