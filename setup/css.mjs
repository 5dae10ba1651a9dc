import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A style sheet with those of ours that it imports, in their places: one file on the wire. */
export function readSheet(path) {
  return readFileSync(path, 'utf8').replace(/@import "(\.{1,2}\/[\w/-]+\.css)";/g, (_, name) =>
    readSheet(join(dirname(path), name)),
  );
}

/**
 * A style sheet without its comments and idle white space. Strings and url() are kept as they are;
 * a space stays wherever it can mean something (`a :hover`, `calc(1px + 2px)`).
 */
export function minifyCss(css) {
  const piece = /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|url\([^)]*\)|\/\*[\s\S]*?\*\/|\s+|[\s\S]/g;
  let out = '';
  for (const [text] of css.matchAll(piece)) {
    if (text.startsWith('/*')) continue;
    if (/^\s/.test(text)) {
      if (out !== '' && !/[{};,\s]$/.test(out)) out += ' ';
      continue;
    }
    if (/^[{};,]/.test(text)) out = out.trimEnd();
    if (text === '}' && out.endsWith(';')) out = out.slice(0, -1);
    out += text;
  }
  return out.trimEnd();
}
