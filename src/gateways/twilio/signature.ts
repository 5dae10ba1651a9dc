import { createHmac } from 'node:crypto';
import { sameSecret } from '../../kit/secrets.ts';

/**
 * X-Twilio-Signature of a form: HMAC-SHA1 over the address as Twilio was given it and every field, sorted by
 * name (https://www.twilio.com/docs/usage/security). SHA-1 is Twilio's choice; as a MAC it is not broken.
 */
export function signatureOf(authToken: string, url: string, form: URLSearchParams): string {
  const names = [...new Set(form.keys())].toSorted();
  const fields = names.flatMap(name => [...new Set(form.getAll(name))].toSorted().map(value => name + value));
  return createHmac('sha1', authToken)
    .update(url + fields.join(''))
    .digest('base64');
}

/** Whether Twilio signed it, in constant time. Twilio may write the port of the address, or leave it out. */
export function isSigned(
  authToken: string,
  signature: string | string[] | undefined,
  url: string,
  form: URLSearchParams,
): boolean {
  if (typeof signature !== 'string') return false;
  const given = Buffer.from(signature);
  return spellings(url).some(spelt => sameSecret(given, Buffer.from(signatureOf(authToken, spelt, form))));
}

function spellings(url: string): readonly string[] {
  const [, scheme = '', host = '', rest = ''] = /^(https?):\/\/([^/?#]*)(.*)$/.exec(url) ?? [];
  const name = host.replace(/:\d+$/, '');
  const port = scheme === 'https' ? '443' : '80';
  return [url, `${scheme}://${name}${rest}`, `${scheme}://${name}:${port}${rest}`];
}
