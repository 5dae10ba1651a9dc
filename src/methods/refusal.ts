import { days, hours, minutes, seconds } from '../kit/clock.ts';
import type { MethodId } from '../policies/evidence.ts';
import type { Words } from '../words/index.ts';
import type { Refusal } from './method.ts';

/** What was asked for: sentences differ. */
export type About = 'password' | 'code' | 'passkey';

export const aboutOf = (method: MethodId): About =>
  method === 'password' || method === 'passkey' ? method : 'code';

/** Why an answer was not accepted and what to do next, in a sentence. Limits say when they end. */
export function refusalWords(words: Words, refusal: Refusal, now: number, about: About): string {
  const t = words.signIn;
  switch (refusal.reason) {
    case 'wrong':
      if (about === 'password') return t.passwordWrong;
      if (about === 'passkey') return words.passkey.wrong;
      if (refusal.triesLeft === 0) return t.tooManyTries;
      return refusal.triesLeft === undefined ? t.codeWrong : t.codeWrongLeft({ tries: refusal.triesLeft });
    case 'malformed':
      if (about === 'passkey') return words.passkey.wrong;
      return about === 'password' ? t.passwordWrong : t.codeMalformed;
    case 'misread':
      return t.codeMisread;
    case 'expired':
      if (about === 'passkey') return words.passkey.expired;
      return about === 'password' ? t.passwordExpired : t.codeExpired;
    case 'spent':
      return t.codeSpent;
    case 'too-many-tries':
      return t.tooManyTries;
    case 'declined':
      return t.declined;
    case 'fraud':
      return refusal.of === 'registration' ? words.registration.reported : t.fraudReported;
    case 'paused':
      return refusal.until === 'until-lifted'
        ? t.pausedUntilLifted
        : t.pausedFor({ wait: waitWords(words, refusal.until - now) });
    case 'number-reported':
      return refusal.until === 'until-lifted'
        ? words.registration.numberReportedUntilLifted
        : words.registration.numberReportedFor({ wait: waitWords(words, refusal.until - now) });
    case 'undelivered':
      return (words.phone.ended as Readonly<Record<string, string>>)[refusal.outcome] ?? t.undelivered;
    case 'unattended':
      return words.phone.ended.unattended;
    case 'locked':
      return t.locked({ wait: waitWords(words, refusal.until - now) });
    case 'too-many-sends':
      return t.tooManySends({ wait: waitWords(words, refusal.until - now) });
    case 'not-sent-there':
      // Until when is no help to its person, and some to whoever earns by our sending.
      return t.notSentThere;
    case 'disabled-until-helped':
      return t.needHelp;
    case 'not-allowed':
      return about === 'passkey' ? words.passkey.notAllowed : t.notAllowed;
    case 'cloned':
      return words.passkey.cloned;
    case 'gateway-down':
      return t.gatewayDown;
    case 'perhaps-sent':
      return t.perhapsSent;
  }
}

/** How long to wait, rounded up so that nobody comes back too early. */
export function waitWords(words: Words, wait: number): string {
  const { wait: t } = words;
  if (wait <= seconds(90)) return t.seconds({ n: Math.max(1, Math.ceil(wait / seconds(1))) });
  if (wait <= minutes(90)) return t.minutes({ n: Math.ceil(wait / minutes(1)) });
  if (wait <= days(2)) return t.hours({ n: Math.ceil(wait / hours(1)) });
  return t.days({ n: Math.ceil(wait / days(1)) });
}
