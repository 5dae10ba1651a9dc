import { instantOf } from '../directory/index.ts';
import type { Instant } from '../kit/clock.ts';
import { type CommandContext, CommandFailed } from './command.ts';

/** A time as the office reads it: where the organisation is, whatever this machine's clock is set to; to the minute. */
export const shownTime = ({ timeZone }: Pick<CommandContext, 'timeZone'>, at: Instant): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(at);

/**
 * `2027-04-01` is the beginning of that day there, and `2027-04-01T09:00` nine in the morning, as it is with the space
 * that `shownTime` prints. Whoever means another clock says which (`Z`, `+09:00`).
 */
export function readTime(
  { words, timeZone }: CommandContext,
  option: string,
  value: string | undefined,
): Instant | undefined {
  if (value === undefined) return undefined;
  const [, date, time = '00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?$/.exec(value) ?? [];
  const at =
    date !== undefined
      ? instantOf(`${date}T${time}`, timeZone)
      : /(?:Z|[+-]\d{2}:?\d{2})$/.test(value)
        ? Date.parse(value)
        : Number.NaN;
  if (Number.isNaN(at)) throw new CommandFailed(words.usage.notATime({ option, value }));
  return at;
}
