import { z } from 'zod';
import { type GroupId, isId } from '../kit/ids.ts';
import { languages } from '../words/index.ts';
import { isDate, isTimeZone } from './dates.ts';

const date = z.string().refine(isDate, 'not-a-date');
const country = z.string().regex(/^[A-Z]{2}$/, 'not-a-country');
const inBoth = (longest: number) =>
  z.strictObject({ ja: z.string().trim().max(longest), en: z.string().trim().max(longest) });
const groupId = z
  .string()
  .refine(isId, 'not-an-id')
  .transform(text => text as GroupId);

/** 30 days, in minutes. Whoever wants more wants the office to look at it. */
const longestPause = 43_200;

const minutesUpTo = (most: number, problem: string) =>
  z.number(problem).int(problem).min(0, problem).max(most, problem);

/** What administrators change while Genkan runs: each key, its shape, and what holds when nothing was said. */
export const settingSchemas = {
  organisation: z.strictObject({
    name: inBoth(100).default({ ja: '', en: '' }),
    /** where to ask for help: a room, hours, a telephone number, an address */
    help: inBoth(1_000).default({ ja: '', en: '' }),
    /** of pages whose reader's language is not known */
    language: z.enum(languages).default('ja'),
    timeZone: z.string().refine(isTimeZone, 'not-a-time-zone').default('Asia/Tokyo'),
  }),
  passwords: z.strictObject({
    /** code points; 8 is enough only where every policy asks for a second proof */
    minimum: z.number().int().min(8).max(64).default(15),
  }),
  registration: z.strictObject({
    /** 利用開始日: before it people may register, from it they must */
    startsOn: date.optional(),
    /** whom the date concerns; none: everybody */
    groups: z.array(groupId).default([]),
  }),
  phone: z.strictObject({
    /** of numbers that are written without a country */
    defaultCountry: country.default('JP'),
    /** where texts and calls may go */
    countries: z.array(country).min(1).default(['JP']),
    voip: z.enum(['refused', 'allowed']).default('refused'),
    /** the number that calls show, as people see it */
    callsFrom: z.string().trim().min(1).max(40).optional(),
    /** whether a call asks for the two digits on the screen, not only for `#` */
    numberMatching: z.boolean().default(false),
  }),
  fraud: z.strictObject({
    /**
     * what a report of fraud (`0#` on a call, "not me" in the app) does to its person's phones and app besides telling
     * the office: minutes for which nothing is sent to them, 0 for none, or nothing until the office lifts it
     */
    pause: z
      .union([z.literal('until-lifted'), minutesUpTo(longestPause, 'not-a-pause')], 'not-a-pause')
      .default(60),
  }),
  passkeys: z.strictObject({
    /** whether people may register passkeys; those that they have go on working */
    offered: z.boolean().default(true),
    /** whether the first page lets people in by a passkey, without name and password */
    signIn: z.boolean().default(true),
    /** models (AAGUIDs) that may be registered; none: every one. They are what the authenticator says of itself */
    models: z.array(z.guid().toLowerCase()).max(200).default([]),
    /** days after which one is offered again to whoever proves by phone and has none; 0: never */
    remindEvery: z.number().int().min(0).max(365).default(0),
    /** whether a passkey may be one that its maker copies between a person's devices */
    synced: z.enum(['allowed', 'refused']).default('allowed'),
  }),
  recoveryCodes: z.strictObject({
    /** where a password and a code from the paper lead: to a new method only, or into applications as well */
    leadTo: z.enum(['security-info', 'applications']).default('security-info'),
  }),
  authenticator: z.strictObject({
    /** whether people may register Genkan Authenticator; devices that they have go on working */
    offered: z.boolean().default(true),
    /** push services besides those of the makers of browsers: a host, or `*.` and what it ends in */
    pushServices: z
      .array(z.string().regex(/^(?:\*\.)?(?:[a-z0-9-]+\.)+[a-z]{2,}$/, 'not-a-host'))
      .max(20)
      .default([]),
  }),
  staySignedIn: z.strictObject({
    offered: z.boolean().default(true),
    days: z.number().int().min(1).max(365).default(30),
  }),
  securityInfo: z.strictObject({
    /** which way stands first when somebody proves who they are: their own default, or the strongest (Entra: system-preferred) */
    askedFirst: z.enum(['default', 'strongest']).default('default'),
    /** what changing security info takes on a trusted network */
    onTrustedNetwork: z.enum(['mfa', 'password']).default('mfa'),
    /** whether a person may delete the last way in which they prove who they are */
    lastMethod: z.enum(['may-go', 'stays']).default('may-go'),
  }),
  logs: z.strictObject({
    /** days for which sign-ins and changes stay in the log */
    days: z.number().int().min(30).max(3650).default(365),
  }),
  notices: z.strictObject({
    /** 準備中: shown on sign-in pages until the end of that day */
    preparing: z.strictObject({ text: inBoth(1_000), until: date }).optional(),
    /** who is told by mail what cannot wait: a sign-in that somebody reported, a country that was paused */
    office: z.array(z.email('not-a-mail-address').max(254)).max(10).default([]),
  }),
} as const;

export type SettingKey = keyof typeof settingSchemas;
export type Setting<Key extends SettingKey> = z.output<(typeof settingSchemas)[Key]>;
export type Settings = { readonly [Key in SettingKey]: Setting<Key> };

export const settingKeys = Object.keys(settingSchemas) as readonly SettingKey[];

/** What a setting is made of: `startsOn` and `groups` of `registration`. */
export const settingParts = (key: SettingKey): readonly string[] => Object.keys(settingSchemas[key].shape);

/** What holds when nothing was said. */
export const defaultOf = <Key extends SettingKey>(key: Key): Setting<Key> =>
  settingSchemas[key].parse({}) as Setting<Key>;

export const isSettingKey = (text: string): text is SettingKey =>
  (settingKeys as readonly string[]).includes(text);
