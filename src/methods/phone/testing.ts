import type { Clock } from '../../kit/clock.ts';
import { newId, type UserId } from '../../kit/ids.ts';
import type { Context } from '../method.ts';
import type { PhoneSettings } from './settings.ts';

/** A Japanese university's phones, which may also be American. */
export const settings: PhoneSettings = {
  defaultCountry: 'JP',
  allowedCountries: ['JP', 'US'],
  voip: 'refused',
  organisation: { ja: '京都中央大学', en: 'Kyoto Chuo University' },
  host: 'login.example.ac.jp',
  callConfirmation: '#',
  callerNumber: undefined,
};

/** Somebody who is being asked now, in Japanese, from somewhere. */
export const contextAt =
  (clock: Pick<Clock, 'now'>) =>
  (user: UserId = newId(), changes: Partial<Context> = {}): Context => ({
    now: clock.now(),
    user,
    language: 'ja',
    correlation: newId(),
    address: '192.0.2.7',
    trustedNetwork: false,
    purpose: '学内ポータル',
    ...changes,
  });
