/** A country as it can be searched: its names in any script, its code, its dial code. */
export interface Findable {
  readonly names: readonly string[];
  readonly code: string;
  readonly dialCode: string;
}

/**
 * The countries that fit what was typed, best first: にほん, ニホン, Japan, 日本, JP, 81, +81. All of
 * them, in their own order, when nothing was typed.
 */
export function findCountries<Country extends Findable>(
  typed: string,
  countries: readonly Country[],
): readonly Country[] {
  const query = fold(typed);
  if (query === '') return countries;
  return countries
    .map(country => ({ country, rank: rankOf(query, country) }))
    .filter(found => found.rank < misfit)
    .sort((a, b) => a.rank - b.rank)
    .map(found => found.country);
}

const misfit = 4;

function rankOf(query: string, { names, code, dialCode }: Findable): number {
  const digits = /^(?:\+|00)?(\d+)$/.exec(query)?.[1];
  if (digits) return digits === dialCode ? 0 : dialCode.startsWith(digits) ? 1 : misfit;
  if (query === code.toLowerCase()) return 0;
  const folded = names.map(fold);
  if (folded.some(name => name.startsWith(query))) return 1;
  if (folded.some(name => name.split(/[\s・()-]+/).some(word => word.startsWith(query)))) return 2;
  return folded.some(name => name.includes(query)) ? 3 : misfit;
}

/** Width, case, kana and accents do not matter when one looks for something. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, kana => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .trim();
}
