import type { Instant } from '../kit/clock.ts';
import { type CommandContext, CommandFailed } from './command.ts';

/** A time as the office reads it: local, to the minute. */
export const shownTime = (at: Instant): string => {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
};

/** The same where the organisation is, whatever the clock of this machine is set to. */
export const shownTimeIn = (timeZone: string, at: Instant): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(at);

/** `2027-04-01` is the beginning of that day here. */
export function readTime(
  { words }: CommandContext,
  option: string,
  value: string | undefined,
): Instant | undefined {
  if (value === undefined) return undefined;
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00` : value);
  if (Number.isNaN(at)) throw new CommandFailed(words.usage.notATime({ option, value }));
  return at;
}
