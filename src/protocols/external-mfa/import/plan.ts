import { z } from 'zod';
import { nameKey, readDetails, readLanguage, type UserProblem } from '../../../directory/index.ts';
import {
  mayHaveExtension,
  type NumberProblem,
  type NumberRules,
  parsePhoneNumber,
} from '../../../gateways/index.ts';
import { type Line, type PhoneKind, type PhoneWay, phoneKinds } from '../../../methods/phone/index.ts';
import type { Entry } from './read.ts';

/** What is wrong with one record; it is passed over, and everything else is not. */
export interface ImportTrouble {
  readonly file: string;
  readonly line: number;
  readonly problem:
    | UserProblem['problem']
    | NumberProblem
    | 'no-id'
    | 'twice'
    | 'whose'
    | 'not-a-phone-type'
    | 'not-known';
  readonly value?: string;
}

export interface PlannedPhone extends Line {
  readonly kind: PhoneKind;
  readonly way: PhoneWay;
}

export interface PlannedPerson {
  readonly object: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly mail: string | undefined;
  readonly language: string | undefined;
  readonly enabled: boolean;
  readonly phones: readonly PlannedPhone[];
  /** asked first: `mobile call` */
  readonly preferred: string | undefined;
}

/** What Microsoft knows of a person's ways to prove themselves. */
export interface PlannedRegistration {
  readonly object: string;
  readonly userPrincipalName: string;
  readonly methods: readonly string[];
}

export interface EntraPlan {
  readonly people: readonly PlannedPerson[];
  readonly registrations: readonly PlannedRegistration[];
  readonly phones: number;
  readonly troubles: readonly ImportTrouble[];
}

const guid = z.guid();
const textIn = (record: Entry['record'], ...names: readonly string[]): string => {
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return '';
};

/** Graph's words for a person's default, and what they mean here. */
const preferences: Readonly<Record<string, { kind: PhoneKind; way: PhoneWay }>> = {
  sms: { kind: 'mobile', way: 'text' },
  voiceMobile: { kind: 'mobile', way: 'call' },
  voiceAlternateMobile: { kind: 'alternateMobile', way: 'call' },
  voiceOffice: { kind: 'office', way: 'call' },
};

const isPhone = ({ record }: Entry): boolean => 'phoneNumber' in record && 'phoneType' in record;
const isRegistration = ({ record }: Entry): boolean =>
  'methodsRegistered' in record || 'isMfaRegistered' in record;

/** Puts together what belongs together: people, their phones, what is known of them. Pure. */
export function planEntra(entries: readonly Entry[], rules: NumberRules): EntraPlan {
  const troubles: ImportTrouble[] = [];
  const found = (entry: Entry, problem: ImportTrouble['problem'], value?: string): void =>
    void troubles.push({ file: entry.file, line: entry.line, problem, ...(value ? { value } : {}) });
  const people = new Map<string, PlannedPerson & { entry: Entry }>();
  const names = new Map<string, string>();
  const registrations = new Map<string, PlannedRegistration & { preferred: string }>();
  const phoneEntries: Entry[] = [];

  for (const entry of entries) {
    const { record } = entry;
    if (isPhone(entry)) phoneEntries.push(entry);
    else if (isRegistration(entry)) {
      const object = textIn(record, 'id', 'userId').toLowerCase();
      if (!guid.safeParse(object).success) found(entry, 'no-id');
      else
        registrations.set(object, {
          object,
          userPrincipalName: textIn(record, 'userPrincipalName'),
          methods: listOf(record.methodsRegistered),
          preferred: textIn(record, 'userPreferredMethodForSecondaryAuthentication'),
        });
    } else if ('userPrincipalName' in record) {
      const problem = person(entry);
      if (problem) found(entry, problem, textIn(record, 'userPrincipalName'));
    } else found(entry, 'not-known');
  }

  /** What is wrong with it, if anything is. */
  function person(entry: Entry): ImportTrouble['problem'] | undefined {
    const { record } = entry;
    const object = textIn(record, 'id', 'userId').toLowerCase();
    const upn = textIn(record, 'userPrincipalName');
    if (!guid.safeParse(object).success) return 'no-id';
    const language = readLanguage(textIn(record, 'preferredLanguage'));
    const mail = textIn(record, 'mail');
    const read = readDetails({
      loginName: upn,
      displayName: textIn(record, 'displayName', 'userDisplayName') || upn,
      mail,
      language,
    });
    if (!read.ok) return read.problems[0].problem;
    const key = nameKey(read.details.loginName);
    if (people.has(object) || names.has(key)) return 'twice';
    names.set(key, object);
    people.set(object, {
      ...read.details,
      entry,
      object,
      enabled: !['false', '0'].includes(String(record.accountEnabled ?? 'true').toLowerCase()),
      phones: [],
      preferred: undefined,
    });
    // A script may have put the phones right beside the person.
    for (const phone of Array.isArray(record.phoneMethods) ? record.phoneMethods : [])
      if (typeof phone === 'object' && phone !== null)
        phoneEntries.push({ ...entry, record: { ...(phone as Entry['record']), userId: object } });
    return undefined;
  }

  let phones = 0;
  for (const entry of phoneEntries) {
    const whose = textIn(entry.record, 'userId', 'userPrincipalName');
    const object = people.has(whose.toLowerCase()) ? whose.toLowerCase() : names.get(nameKey(whose));
    const owner = object === undefined ? undefined : people.get(object);
    if (!owner || object === undefined) {
      found(entry, 'whose', whose);
      continue;
    }
    const type = textIn(entry.record, 'phoneType');
    const kind = phoneKinds.find(known => known.toLowerCase() === type.toLowerCase());
    if (!kind) {
      found(entry, 'not-a-phone-type', type);
      continue;
    }
    const read = parsePhoneNumber(textIn(entry.record, 'phoneNumber'), rules);
    if (!read.ok) {
      found(entry, read.problem);
      continue;
    }
    if (owner.phones.some(phone => phone.kind === kind)) {
      found(entry, 'twice', type);
      continue;
    }
    const wish = preferences[registrations.get(object)?.preferred ?? ''];
    const isText = kind === 'mobile' && read.type === 'mobile' && wish?.way !== 'call';
    const phone: PlannedPhone = {
      kind,
      number: read.number,
      way: isText ? 'text' : 'call',
      ...(kind === 'office' && read.extension && mayHaveExtension(read.number)
        ? { extension: read.extension }
        : {}),
    };
    people.set(object, {
      ...owner,
      phones: [...owner.phones, phone],
      preferred: wish?.kind === kind ? `${kind} ${wish.way}` : owner.preferred,
    });
    phones += 1;
  }
  return {
    people: [...people.values()].map(({ entry: _, ...plain }) => plain),
    registrations: [...registrations.values()].map(({ preferred: _, ...plain }) => plain),
    phones,
    troubles,
  };
}

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.filter(one => typeof one === 'string')
    : typeof value === 'string'
      ? value.split(/[;,|\s]+/).filter(Boolean)
      : [];
