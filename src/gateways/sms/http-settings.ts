import { z } from 'zod';
import { providerUrl } from '../http/client.ts';
import { jsonTemplate, type Name, names, templateOf } from '../http/template.ts';

const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'the name of a header');
const regex = z.string().refine(isRegex, 'a regular expression');
/** No text: what people type has no place in a header, or in the path of an address. */
const plain = names.filter((name): name is Name => name !== 'text');

const address = z.string().superRefine((text, context) => {
  const [before = '', after = ''] = splitAt(text, '?');
  for (const [part, allowed] of [
    [before, plain],
    [after, names],
  ] as const)
    for (const issue of templateOf(allowed).safeParse(part).error?.issues ?? [])
      context.addIssue({ code: 'custom', message: issue.message });
  const host = before.replace(/^(https?:\/\/[^/]*).*$/s, '$1');
  if (host.includes('{{')) context.addIssue({ code: 'custom', message: 'the host is the same for everyone' });
  for (const issue of providerUrl.safeParse(host).error?.issues ?? [])
    context.addIssue({ code: 'custom', message: issue.message });
});

const receipts = z
  .strictObject({
    /** HMAC-SHA256 of the body by this secret, in this header */
    secret: z.string().min(16).optional(),
    signatureHeader: headerName.default('X-Signature'),
    encoding: z.enum(['hex', 'base64']).default('hex'),
    /** when set, what is signed begins with the value of this header (Unix seconds) and a full stop */
    timestampHeader: headerName.optional(),
    /** or a shared token, in this header, or in this field of the address */
    token: z.string().min(16).optional(),
    tokenHeader: headerName.default('Authorization'),
    tokenField: z.string().optional(),
    format: z.enum(['json', 'form']).default('json'),
    /** where our own name for the message is, when the provider gives it back … */
    id: z.string().optional(),
    /** … or the provider's */
    reference: z.string().optional(),
    state: z.string(),
    states: z.record(z.string(), z.enum(['delivered', 'undelivered', 'unknown', 'accepted'])),
  })
  .refine(({ secret, token }) => (secret === undefined) !== (token === undefined), {
    path: ['secret'],
    message: 'give either a secret, by which receipts are signed, or a token',
  })
  .refine(({ id, reference }) => id !== undefined || reference !== undefined, {
    path: ['id'],
    message: 'say where the id or the reference of the message is',
  });

export const settings = z
  .strictObject({
    url: address,
    method: z.enum(['GET', 'POST', 'PUT']).default('POST'),
    headers: z.record(headerName, templateOf(plain)).default({}),
    username: z.string().optional(),
    password: z.string().optional(),
    json: jsonTemplate.optional(),
    form: z.record(z.string(), templateOf()).optional(),
    xml: templateOf().optional(),
    text: templateOf().optional(),
    sender: z.string().default(''),
    /** HMAC-SHA256 over the timestamp, a full stop and the body; or the path and query of what has no body */
    sign: z
      .strictObject({
        secret: z.string().min(16),
        header: headerName.default('X-Signature'),
        timestampHeader: headerName.default('X-Timestamp'),
        encoding: z.enum(['hex', 'base64']).default('hex'),
      })
      .optional(),
    success: z
      .strictObject({
        status: z.array(z.number().int()).min(1).default([200, 201, 202, 204]),
        /** of the JSON answer; the whole answer when absent */
        path: z.string().optional(),
        matches: regex.optional(),
      })
      .prefault({}),
    /** where the JSON answer names the message */
    reference: z.string().optional(),
    receipts: receipts.optional(),
    ca: z.string().optional(),
    /** ms that one request may take */
    timeout: z.number().int().min(500).max(30_000).default(10_000),
  })
  .refine(({ json, form, xml, text }) => [json, form, xml, text].filter(b => b !== undefined).length <= 1, {
    path: ['json'],
    message: 'one body is enough: json, form, xml or text',
  })
  .refine(
    ({ method, json, form, xml, text }) => method !== 'GET' || (json ?? form ?? xml ?? text) === undefined,
    {
      path: ['method'],
      message: 'a GET has no body; put what is sent into the url',
    },
  )
  .refine(({ username, password }) => (username === undefined) === (password === undefined), {
    path: ['password'],
    message: 'username and password go together',
  });

export type HttpSettings = z.output<typeof settings>;
export type ReceiptSettings = NonNullable<HttpSettings['receipts']>;

function isRegex(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

export function splitAt(text: string, mark: string): readonly [string, string] {
  const index = text.indexOf(mark);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index)];
}
