import type { VoiceLine } from './settings.ts';

/** What is dialled for a number in E.164. */
export function dialled(to: string, { style, prefix, country, trunk, abroad }: VoiceLine['numbers']): string {
  if (style === 'international') return `${prefix}${to}`;
  const digits = to.replace(/^\+/, '');
  return digits.startsWith(country)
    ? `${prefix}${trunk}${digits.slice(country.length)}`
    : `${prefix}${abroad}${digits}`;
}
