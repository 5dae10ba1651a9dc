import type { FastifyRequest } from 'fastify';
import { Problem } from './problems.ts';

/** What a security key or a TPM says of itself comes with its certificates. */
export const longestAnswer = 16_384;

/** The fields of a form: strings, each once, of a sane size. Anything else was not sent by our page. */
export function fieldsOf(request: FastifyRequest, longest = 4096): Readonly<Record<string, string>> {
  const body = request.body;
  if (typeof body !== 'object' || body === null) throw new Problem('bad-request');
  const fields = Object.entries(body).filter(([name]) => name !== 'csrf');
  if (fields.length > 40) throw new Problem('bad-request');
  return Object.fromEntries(
    fields.map(([name, value]) => {
      if (typeof value !== 'string' || value.length > longest || value.includes('\0'))
        throw new Problem('bad-request');
      return [name, value];
    }),
  );
}
