import type { Instant } from '../kit/clock.ts';

/** `2027-04-01` */
export const isDate = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

export const isTimeZone = (text: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
};

/** The instant at which a day begins where the organisation is. */
export const beginningOf = (date: string, timeZone: string): Instant => instantOf(`${date}T00:00`, timeZone);

/** The instant at which clocks there show this (`2027-04-01T09:00`); not a number when no clock does. */
export function instantOf(shown: string, timeZone: string): Instant {
  const utc = Date.parse(`${shown}Z`);
  // `Date.parse` takes the 30th of February for the 2nd of March.
  if (!isDate(shown.slice(0, 10)) || Number.isNaN(utc)) return Number.NaN;
  const guess = utc - offsetAt(utc, timeZone);
  return utc - offsetAt(guess, timeZone);
}

/** Milliseconds that a clock there is ahead of UTC. */
function offsetAt(instant: Instant, timeZone: string): number {
  const shown = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
    instant,
  );
  const name = shown.find(part => part.type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = 0, minutes = 0] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
