import iconv from 'iconv-lite';

export const encodings = ['utf-8', 'shift_jis'] as const;
export type Encoding = (typeof encodings)[number];

export type Decoded =
  | { readonly ok: true; readonly text: string; readonly encoding: Encoding }
  | { readonly ok: false; readonly problem: 'spreadsheet' | 'utf-16' | 'too-large' }
  | { readonly ok: false; readonly problem: 'undecodable'; readonly line: number };

/** Bytes; a hundred thousand people take about ten million. */
export const largestFile = 64 * 1024 * 1024;

/**
 * Text from bytes as Excel and others write them. What is valid UTF-8 is UTF-8: Japanese text in
 * Shift_JIS hardly ever is. Anything else is read as Windows does (CP932: ～, ㈱ and 髙 included).
 */
export function decode(bytes: Buffer, wanted?: Encoding): Decoded {
  if (bytes.length > largestFile) return { ok: false, problem: 'too-large' };
  if (isSpreadsheet(bytes)) return { ok: false, problem: 'spreadsheet' };
  if (looksLikeUtf16(bytes)) return { ok: false, problem: 'utf-16' };
  const utf8 = wanted === 'shift_jis' ? undefined : utf8Of(bytes);
  if (utf8 !== undefined) return { ok: true, text: utf8, encoding: 'utf-8' };
  const encoding = wanted ?? 'shift_jis';
  const text = encoding === 'utf-8' ? bytes.toString('utf8') : iconv.decode(bytes, 'cp932');
  const broken = text.indexOf('\ufffd');
  if (broken < 0) return { ok: true, text, encoding };
  return { ok: false, problem: 'undecodable', line: text.slice(0, broken).split(/\r\n?|\n/).length };
}

const strict = new TextDecoder('utf-8', { fatal: true });

function utf8Of(bytes: Buffer): string | undefined {
  try {
    return strict.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** What a spreadsheet keeps for itself: a ZIP archive (xlsx, ods), or the older compound file (xls). */
const isSpreadsheet = (bytes: Buffer): boolean =>
  ['504b0304', 'd0cf11e0'].includes(bytes.subarray(0, 4).toString('hex'));

/** A byte order mark of UTF-16, or a zero byte in the first line, which no text in another encoding has. */
function looksLikeUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const [head = Buffer.alloc(0)] = [bytes.subarray(0, 200)];
  return head.includes(0) && head.filter(byte => byte === 0).length > head.length / 4;
}
