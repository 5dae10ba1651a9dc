import type { Instant } from '../kit/clock.ts';
import type { GroupId, UserId } from '../kit/ids.ts';
import { isSpokenLanguage, type SpokenLanguage } from '../words/index.ts';
import { type ReadText, readDisplayName, readLoginName, readMail, type TextProblem } from './names.ts';

export interface User {
  readonly id: UserId;
  readonly loginName: string;
  readonly displayName: string;
  readonly mail: string | undefined;
  readonly language: string | undefined;
  readonly enabled: boolean;
  readonly mustRegister: boolean;
  readonly preferredMethod: string | undefined;
  readonly createdAt: Instant;
}

export type UserField = 'loginName' | 'displayName' | 'mail' | 'language' | 'groups';

export interface UserProblem {
  readonly field: UserField;
  readonly problem: TextProblem | 'taken' | 'unknown-language' | 'unknown-group';
}

/** A password as `passwords` keeps it, made by whoever hashes. */
export interface NewPassword {
  /** what the hashing made; sealed before it is stored */
  readonly encoded: string;
  readonly mustChange: boolean;
  readonly expiresAt?: Instant;
  readonly changedAt: Instant;
}

export interface NewUser {
  readonly loginName: string;
  readonly displayName: string;
  readonly mail?: string | undefined;
  readonly language?: string | undefined;
  readonly groups?: readonly GroupId[];
  readonly mustRegister?: boolean;
  readonly password?: NewPassword;
}

/** What can be changed of a user; `null` takes it away. */
export interface UserChange {
  readonly loginName?: string | undefined;
  readonly displayName?: string | undefined;
  readonly mail?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly preferredMethod?: string | null | undefined;
}

export interface Details {
  readonly loginName: string;
  readonly displayName: string;
  readonly mail: string | undefined;
  readonly language: SpokenLanguage | undefined;
}

export type ReadDetails =
  | { readonly ok: true; readonly details: Details }
  | { readonly ok: false; readonly problems: readonly [UserProblem, ...UserProblem[]] };

/** Reads what somebody gave for a user. An empty mail or language is none. Every problem is named. */
export function readDetails(given: Omit<NewUser, 'groups' | 'password'>): ReadDetails {
  const problems: UserProblem[] = [];
  const take = (field: UserField, read: ReadText): string => {
    if (!read.ok) problems.push({ field, problem: read.problem });
    return read.ok ? read.text : '';
  };
  const loginName = take('loginName', readLoginName(given.loginName));
  const displayName = take('displayName', readDisplayName(given.displayName));
  const mail = given.mail?.trim() ? take('mail', readMail(given.mail)) : undefined;
  const language = given.language?.trim() ? readLanguage(given.language) : undefined;
  if (given.language?.trim() && !language) problems.push({ field: 'language', problem: 'unknown-language' });
  const [first, ...others] = problems;
  return first
    ? { ok: false, problems: [first, ...others] }
    : { ok: true, details: { loginName, displayName, mail, language } };
}

const calledOtherwise: Readonly<Record<string, SpokenLanguage>> = {
  japanese: 'ja',
  日本語: 'ja',
  jp: 'ja',
  english: 'en',
  英語: 'en',
  chinese: 'zh',
  中文: 'zh',
  中国語: 'zh',
  cn: 'zh',
  korean: 'ko',
  한국어: 'ko',
  韓国語: 'ko',
  kr: 'ko',
  vietnamese: 'vi',
  'tiếng việt': 'vi',
  ベトナム語: 'vi',
  vn: 'vi',
};

/** `ja`, `ja-JP`, 日本語 … */
export function readLanguage(given: string): SpokenLanguage | undefined {
  const key = given.normalize('NFKC').trim().toLowerCase();
  const [primary = ''] = key.split(/[-_]/);
  return isSpokenLanguage(primary) ? primary : calledOtherwise[key];
}
