import type { Directory, Rules } from '../directory/index.ts';
import type { Clock, Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import { enqueue, type Storage, type Tx } from '../storage/index.ts';
import { organisationIn, wordsFor } from '../words/index.ts';
import type { PauseEnd } from './pauses.ts';

/** What the office should know at once, and would find in the log too late. */
export type OfficeNews =
  /** nobody uses what is sent to a country, as when somebody earns by the sending */
  | { readonly is: 'paused'; readonly country: string; readonly until: Instant }
  /** ten thousand neighbouring numbers were sent as much as they may, and too little of it was used; `to` is one of them, masked */
  | { readonly is: 'block-used-up'; readonly country: string; readonly to: string; readonly until: Instant }
  /** a person was called by a sign-in that was not theirs */
  | {
      readonly is: 'fraud';
      readonly user: UserId;
      readonly at: Instant;
      /** absent: nothing is paused, and the office is told only */
      readonly pausedUntil?: PauseEnd;
    }
  /** whoever was called at a number that was being added says so; it is not that person's */
  | {
      readonly is: 'number-reported';
      readonly user: UserId;
      /** masked */
      readonly to: string;
      readonly at: Instant;
      /** absent: it may be called again at once */
      readonly pausedUntil?: PauseEnd;
    }
  /** an app that was being added says so */
  | { readonly is: 'enrolment-reported'; readonly user: UserId; readonly at: Instant };

/** Mails it to those whom the organisation named, in the transaction that it is about, and says it in the log. */
export function openOfficeNews(deps: {
  storage: Storage;
  clock: Clock;
  directory: Pick<Directory, 'users'>;
  rules: () => Pick<Rules, 'organisation' | 'notices'>;
  log: { warn(detail: object, message: string): void };
}): (tx: Tx, news: OfficeNews) => Promise<void> {
  return async (tx, news) => {
    const { notices, organisation } = deps.rules();
    deps.log.warn(news, 'the office should know');
    const { language, timeZone } = organisation;
    const name = organisationIn(language, organisation.name);
    const { news: t } = wordsFor(language).office;
    const time = (at: Instant): string =>
      new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);
    const called = (country: string): string =>
      new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country;
    const ending = ({ pausedUntil: end }: { readonly pausedUntil?: PauseEnd }) => ({
      pausedUntil: typeof end === 'number' ? time(end) : end,
    });
    const who = async (user: UserId) => (await deps.directory.users.byId(user))?.loginName ?? '';
    const letter = async () => {
      switch (news.is) {
        case 'paused': {
          const { country: code, until } = news;
          return t.paused({ name, country: called(code), code, until: time(until) });
        }
        case 'block-used-up': {
          const { country, to, until } = news;
          return t.blockUsedUp({ name, country: called(country), to, until: time(until) });
        }
        case 'enrolment-reported':
          return t.enrolment({ name, who: await who(news.user), at: time(news.at) });
        case 'number-reported': {
          const { user, to, at } = news;
          return t.numberReported({ name, who: await who(user), to, at: time(at), ...ending(news) });
        }
        case 'fraud':
          return t.fraud({ name, who: await who(news.user), at: time(news.at), ...ending(news) });
      }
    };
    const told = await letter();
    for (const to of notices.office)
      await enqueue(tx, deps.storage.sealer, {
        kind: 'mail',
        payload: { to, ...told },
        now: deps.clock.now(),
      });
  };
}
