import { z } from 'zod';
import type { ApplicationId } from '../kit/ids.ts';
import { isAcr } from '../policies/index.ts';

/** Our own pages, by the name that policies know them by: no application takes it. */
export const portal = 'genkan-account' as ApplicationId;

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

const parsed = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** An address of ours to send people or messages to: https, or http on this machine. */
const isSafeWebAddress = (text: string): boolean => {
  const url = parsed(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
};

/** A private scheme of an installed application is a reversed domain name (RFC 8252 §7.1). */
const isPrivateScheme = (text: string): boolean => /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:/.test(text);

const plain = z
  .string()
  .max(2_000)
  .refine(text => parsed(text) !== undefined, 'not-an-address')
  .refine(text => !/[\s*#\\]/.test(text), 'has-fragment-or-wildcard')
  .refine(text => !parsed(text)?.username && !parsed(text)?.password, 'has-credentials');

const webAddress = plain.refine(isSafeWebAddress, 'needs-https');
const redirectAddress = plain.refine(text => isSafeWebAddress(text) || isPrivateScheme(text), 'needs-https');

/** An application that speaks OpenID Connect. Addresses are compared sign by sign. */
const oidc = z
  .strictObject({
    kind: z.literal('oidc'),
    redirectUris: z.array(redirectAddress).min(1, 'needs-a-redirect-address').max(100),
    postLogoutRedirectUris: z.array(redirectAddress).max(100).default([]),
    backchannelLogoutUri: webAddress.optional(),
    /** 'none': a public application, in a browser or on a phone, which cannot keep a secret */
    tokenEndpointAuthMethod: z
      .enum(['none', 'client_secret_basic', 'client_secret_post'])
      .default('client_secret_basic'),
    /** on a phone or desktop: loopback redirects may have any port (RFC 8252 §7.3) */
    native: z.boolean().default(false),
    /** ours: nobody is asked whether they agree */
    firstParty: z.boolean().default(true),
    /** only requests pushed beforehand (RFC 9126) */
    requirePar: z.boolean().default(false),
    refreshTokens: z.boolean().default(true),
    /** its refresh tokens live on when the person signs out */
    offlineAccess: z.boolean().default(false),
    idTokenSignedResponseAlg: z.enum(['RS256', 'ES256']).default('RS256'),
    defaultAcr: z.array(z.string().min(1)).min(1).optional(),
    /** seconds */
    defaultMaxAge: z.number().int().min(0).optional(),
    /** a resource server: may ask about tokens that other applications hold */
    introspectsAll: z.boolean().default(false),
    /** where its tile in "my apps" leads */
    startAddress: webAddress.optional(),
  })
  .superRefine((settings, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (!settings.native && settings.redirectUris.some(isPrivateScheme))
      wrong('redirectUris', 'private-scheme-needs-native');
    if (settings.introspectsAll && settings.tokenEndpointAuthMethod === 'none')
      wrong('introspectsAll', 'needs-a-secret');
    if (settings.offlineAccess && !settings.refreshTokens) wrong('offlineAccess', 'needs-refresh-tokens');
  });

export const applicationSettings = z.discriminatedUnion('kind', [oidc]);
export type ApplicationSettings = z.output<typeof applicationSettings>;

/** Whether an application identifies itself by a secret that both of us know. */
export const keepsSecret = (settings: ApplicationSettings): boolean =>
  settings.tokenEndpointAuthMethod !== 'none';

/** What an application always asks for is one of ours: another value would be passed over, and nothing asked. */
const newSettings = applicationSettings.superRefine(({ defaultAcr = [] }, context) => {
  for (const [i, acr] of defaultAcr.entries())
    if (!isAcr(acr)) context.addIssue({ code: 'custom', path: ['defaultAcr', i], message: 'unknown-acr' });
});

export const applicationSchema = z.strictObject({
  /** its client_id: short, without spaces, chosen once */
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'not-a-name')
    .refine(id => !['all', 'none', portal as string].includes(id.toLowerCase()), 'reserved')
    .transform(id => id as ApplicationId),
  displayName: z.string().trim().min(1, 'empty').max(256, 'too-long'),
  settings: newSettings,
});
