import { parse } from 'csv-parse/sync';
import { type Delivered, type FileProblem, type FileRead, readSerial } from './delivered.ts';

const columns = ['upn', 'serial number', 'secret key', 'time interval', 'manufacturer', 'model'];
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Entra's file of hardware tokens: `upn,serial number,secret key,time interval,manufacturer,model`. */
export function readCsv(text: string): FileRead {
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }) as unknown as typeof rows;
  } catch {
    return { tokens: [], problems: [{ line: 1, problem: 'unreadable' }] };
  }
  const [head, ...body] = rows;
  const heads = head?.record.map(name => name.toLowerCase()) ?? [];
  if (columns.some((name, i) => heads[i] !== name))
    return { tokens: [], problems: [{ line: 1, problem: 'columns', value: columns.join(',') }] };
  const tokens: Delivered[] = [];
  const problems: FileProblem[] = [];
  for (const { record, info } of body) {
    const line = info.lines;
    const [loginName = '', serialTyped = '', key = '', interval = '', manufacturer = '', model = ''] = record;
    const serial = readSerial(serialTyped);
    const secret = fromBase32(key);
    if (record.length !== columns.length) problems.push({ line, problem: 'columns' });
    else if (!serial) problems.push({ line, problem: 'serial', value: serialTyped });
    else if (!secret) problems.push({ line, problem: 'secret', value: serial });
    else if (interval !== '30' && interval !== '60')
      problems.push({ line, problem: 'interval', value: interval });
    else
      tokens.push({
        line,
        serial,
        secret,
        moves: 'time',
        algorithm: 'sha1',
        digits: 6,
        period: Number(interval),
        last: -1,
        manufacturer,
        model,
        loginName: loginName || undefined,
      });
  }
  return { tokens, problems };
}

/** At least 80 bits: less is no secret (RFC 4226 R6 wants 128, older devices have less). */
function fromBase32(text: string): Buffer | undefined {
  const signs = text.toUpperCase().replace(/[\s=]/g, '');
  if (signs.length < 16 || signs.length > 128 || ![...signs].every(sign => alphabet.includes(sign)))
    return undefined;
  const bits = [...signs].map(sign => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)));
}
