/** Microsoft's clouds, by where their people sign in. */
export const clouds = {
  global: 'https://login.microsoftonline.com',
  'us-government': 'https://login.microsoftonline.us',
  china: 'https://login.partner.microsoftonline.cn',
} as const;
export type Cloud = keyof typeof clouds;

const known: readonly string[] = Object.values(clouds);

/** One of Microsoft's, or a stand-in on this machine. Keys are fetched from nowhere else. */
export function isAuthority(text: string): boolean {
  if (known.includes(text)) return true;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.origin === text && ['localhost', '127.0.0.1'].includes(url.hostname);
}

/** The one address to which an answer goes; Microsoft's list has one for each cloud. */
export const redirectUriOf = (authority: string): string =>
  `${authority}/common/federation/externalauthprovider`;

/** Who signs the hints of a tenant. */
export const issuerOf = (authority: string, tenant: string): string => `${authority}/${tenant}/v2.0`;

export const metadataOf = (authority: string): string =>
  `${authority}/common/v2.0/.well-known/openid-configuration`;

/** Whether answers may be sent there at all. */
export const isRedirectUri = (text: string): boolean => known.map(redirectUriOf).includes(text);
