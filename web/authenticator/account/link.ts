/** What the QR code of the set-up page says: whose site, and by which token a device is added there. */
export interface SetUpLink {
  /** an origin */
  readonly issuer: string;
  readonly token: string;
}

/** Reads `https://<host>/authenticator#register=<token>`, as it is scanned, opened or pasted. */
export function readLink(text: string): SetUpLink | undefined {
  const url = parsed(text.normalize('NFKC').trim());
  if (!url || !isSafe(url) || !/^\/authenticator\/?$/.test(url.pathname)) return undefined;
  const token = new URLSearchParams(url.hash.slice(1)).get('register') ?? '';
  return /^[\w-]{20,200}$/.test(token) ? { issuer: url.origin, token } : undefined;
}

/** Encrypted, or within this computer. */
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
