import { type Address, parseAddress } from '../http/address.ts';
import { hours, type Instant, minutes } from '../kit/clock.ts';
import type { ApplicationId, GroupId, PolicyId, UserId } from '../kit/ids.ts';
import type { Evidence, MethodId, Offer } from './evidence.ts';
import type { AccessRequest } from './request.ts';

export { type Random, random } from '../http/testing.ts';

const id = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const now: Instant = Date.UTC(2027, 3, 4, 9, 0);
export const ago = {
  justNow: minutes(1),
  lastHour: minutes(50),
  thisMorning: hours(3),
  yesterday: hours(26),
};

export const groups = { students: id(0x11) as GroupId, staff: id(0x12) as GroupId };
export const applications = {
  mail: 'mail' as ApplicationId,
  portal: 'portal' as ApplicationId,
  payroll: 'payroll' as ApplicationId,
};
export const policyId = (n: number): PolicyId => id(0x100 + n) as PolicyId;

/** Campus and the library are trusted, the guests' Wi-Fi is not. */
export const locations = [
  { id: id(0x21), displayName: 'Campus', isTrusted: true, ipRanges: ['192.0.2.0/24', '2001:db8:1::/48'] },
  { id: id(0x22), displayName: 'Library', isTrusted: true, ipRanges: ['198.51.100.0/25'] },
  { id: id(0x23), displayName: 'Guest Wi-Fi', isTrusted: false, ipRanges: ['198.51.100.128/25'] },
];
export const place = { campus: id(0x21), library: id(0x22), guestWifi: id(0x23), demolished: id(0x29) };

const address = (text: string): Address => {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
};

export const at = {
  campus: address('192.0.2.10'),
  campusOverIPv6: address('2001:db8:1::10'),
  library: address('198.51.100.5'),
  guestWifi: address('198.51.100.200'),
  home: address('203.0.113.5'),
};

const shows = (
  method: MethodId,
  factors: Offer['factors'],
  traits: Offer['traits'],
  amr: string[],
): Offer => ({
  method,
  factors,
  traits,
  amr,
});

/** What the methods show, as our methods declare it. */
export const offer = {
  password: shows('password', ['knowledge'], [], ['pwd']),
  text: shows('phone', ['possession'], ['phone-network'], ['sms']),
  call: shows('phone', ['possession'], ['phone-network'], ['tel']),
  phone: shows('phone', ['possession'], ['phone-network'], ['sms', 'tel']),
  totp: shows('totp', ['possession'], [], ['otp']),
  token: shows('hardware-token', ['possession'], [], ['otp']),
  push: shows('authenticator', ['possession'], [], ['hwk']),
  unlockedPush: shows('authenticator', ['possession', 'inherence'], ['user-verified'], ['hwk', 'user']),
  passkey: shows(
    'passkey',
    ['possession', 'inherence'],
    ['phishing-resistant', 'user-verified'],
    ['hwk', 'user', 'mfa'],
  ),
  touchedKey: shows('passkey', ['possession'], ['phishing-resistant'], ['hwk', 'user']),
  recoveryCode: shows('recovery-code', ['possession'], [], ['otp']),
  pass: shows('temporary-access-pass', ['knowledge'], ['single-use-pass'], ['otp']),
  reusablePass: shows('temporary-access-pass', ['knowledge'], [], ['otp']),
  appPassword: shows('app-password', ['knowledge'], [], ['pwd']),
} satisfies Record<string, Offer>;

export type OfferName = keyof typeof offer;

/** Evidence shown some time ago. */
export const shown = (name: OfferName, age = ago.justNow): Evidence => ({ ...offer[name], at: now - age });

const person = (n: number, memberOf: GroupId[], roles: string[] = []): AccessRequest['user'] => ({
  id: id(n) as UserId,
  groups: memberOf,
  roles,
});

/** Ada studies, Boris administers, Chen is new, Dora works in the office. */
export const cast = {
  Ada: { user: person(1, [groups.students]), has: [offer.password, offer.text, offer.call] },
  Boris: { user: person(2, [groups.staff], ['administrator']), has: [offer.password, offer.passkey] },
  Chen: { user: person(3, [groups.students]), has: [offer.password] },
  Dora: { user: person(4, [groups.staff]), has: [offer.password, offer.totp, offer.recoveryCode] },
} satisfies Record<string, { user: AccessRequest['user']; has: readonly Offer[] }>;

type Conditions = Partial<Record<'users' | 'applications' | 'locations' | 'clientAppTypes', unknown>>;

/** A policy as it lies in the database: everybody, every application, unless said otherwise. */
export const policy = (
  n: number,
  says: {
    state?: string;
    conditions?: Conditions;
    grantControls?: unknown;
    sessionControls?: unknown;
  },
): unknown => ({
  id: policyId(n),
  displayName: `Policy ${n}`,
  state: says.state ?? 'enabled',
  conditions: {
    users: { includeUsers: ['All'] },
    applications: { includeApplications: ['All'] },
    clientAppTypes: ['all'],
    ...says.conditions,
  },
  ...(says.grantControls === undefined ? {} : { grantControls: says.grantControls }),
  ...(says.sessionControls === undefined ? {} : { sessionControls: says.sessionControls }),
});

export const mfa = { builtInControls: ['mfa'] };
export const block = { builtInControls: ['block'] };
export const strength = (strengthId: string): unknown => ({ authenticationStrength: { id: strengthId } });
export const offCampus = { includeLocations: ['All'], excludeLocations: ['AllTrusted'] };
