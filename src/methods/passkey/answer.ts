import { z } from 'zod';
import { longestAnswer } from '../../http/fields.ts';

const base64url = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[\w-]+$/);

const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
};

/** What a browser says after it made a passkey (WebAuthn L3 RegistrationResponseJSON), as far as it is read. */
const made = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(longestAnswer),
      attestationObject: base64url(longestAnswer),
      transports: z.array(z.string().max(20)).max(10).default([]),
    }),
  })
  .transform(given => ({ is: 'made', ...given }) as const);

/** What it says after one was used (AuthenticationResponseJSON). */
const used = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(longestAnswer),
      authenticatorData: base64url(longestAnswer),
      signature: base64url(longestAnswer),
      userHandle: base64url(100).optional(),
    }),
  })
  .transform(given => ({ is: 'used', ...given }) as const);

export type Made = z.output<typeof made>;
export type Used = z.output<typeof used>;

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    context.addIssue({ code: 'custom', message: 'not-json' });
    return z.NEVER;
  }
});

const credentials = z.union([made, used]);

/** The field of the form that our script fills in. */
export const answer = z.object({ credential: json.pipe(credentials) });

/** The same once it was read. */
export const answered = z.object({ credential: credentials });
export type Answer = z.output<typeof answer>;
