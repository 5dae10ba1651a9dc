/** TLVs (SMPP 3.4 §3.2.4.1) by their tags. */
export type Tlvs = ReadonlyMap<number, Buffer>;

/** Reads fields one after the other. After the first fault everything reads as empty, and the fault stays. */
export interface OctetReader {
  octet(): number;
  /** A C-octet string; `most` counts its NUL (§3.1). */
  text(most: number): string;
  octets(length: number): Buffer;
  /** All that is left. Of a tag that comes twice, the first counts. */
  tlvs(): Tlvs;
  atEnd(): boolean;
  fault(): string | undefined;
}

export function openReader(bytes: Buffer, from: number): OctetReader {
  let at = from;
  let fault: string | undefined;
  const fail = (reason: string): void => {
    fault ??= `${reason} at octet ${at}`;
    at = bytes.length;
  };
  function octets(length: number): Buffer {
    if (at + length > bytes.length) {
      fail('the end is missing');
      return Buffer.alloc(0);
    }
    at += length;
    return bytes.subarray(at - length, at);
  }
  return {
    octet: () => octets(1)[0] ?? 0,
    octets,
    text(most) {
      const end = bytes.subarray(0, at + most).indexOf(0, at);
      if (end < 0) {
        fail('a string without an end');
        return '';
      }
      const text = bytes.toString('latin1', at, end);
      at = end + 1;
      return text;
    },
    tlvs() {
      const found = new Map<number, Buffer>();
      while (at < bytes.length && fault === undefined) {
        const head = octets(4);
        if (head.length < 4) break;
        const value = octets(head.readUInt16BE(2));
        if (!found.has(head.readUInt16BE(0))) found.set(head.readUInt16BE(0), value);
      }
      return found;
    },
    atEnd: () => at >= bytes.length,
    fault: () => fault,
  };
}

/** A C-octet string, cut to what its field holds (`most` counts the NUL). */
export function cString(text: string, most: number): Buffer {
  const [before = ''] = text.split('\0');
  return Buffer.from(`${before.slice(0, most - 1)}\0`, 'latin1');
}

export const writeTlvs = (tlvs: Tlvs): readonly Buffer[] =>
  [...tlvs].map(([tag, value]) => {
    const head = Buffer.alloc(4);
    head.writeUInt16BE(tag, 0);
    head.writeUInt16BE(value.length, 2);
    return Buffer.concat([head, value]);
  });
