import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Instant } from '../../kit/clock.ts';
import { minutes } from '../../kit/clock.ts';
import { sameSecret } from '../../kit/secrets.ts';
import type { TextOutcome } from '../gateway.ts';
import { at } from '../http/template.ts';
import { jsonIn } from './http-request.ts';
import type { ReceiptSettings } from './http-settings.ts';

export interface Receipt {
  readonly id: string | undefined;
  readonly reference: string | undefined;
  readonly outcome: TextOutcome | undefined;
}

/** A request of a provider, before anything in it is believed. */
export interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** Whether the provider told it: by a signature over the body, or by a token that we gave it. In constant time. */
export function isTheirs(settings: ReceiptSettings, told: Told, now: Instant): boolean {
  const { secret, token } = settings;
  const header = (name: string): string => String(told.headers[name.toLowerCase()] ?? '');
  if (secret !== undefined) {
    const { timestampHeader, encoding } = settings;
    const timestamp = timestampHeader === undefined ? undefined : header(timestampHeader);
    // An old receipt that is sent again says nothing new; one of nobody knows when is not looked at.
    if (timestamp !== undefined && !(Math.abs(Number(timestamp) * 1000 - now) <= minutes(5))) return false;
    const signed = timestamp === undefined ? told.body : `${timestamp}.${told.body}`;
    const expected = createHmac('sha256', secret).update(signed).digest(encoding);
    const given = header(settings.signatureHeader).replace(/^sha256=/i, '');
    return sameSecret(Buffer.from(given), Buffer.from(expected));
  }
  if (token === undefined) return false;
  const given =
    settings.tokenField === undefined
      ? header(settings.tokenHeader).replace(/^Bearer /i, '')
      : (told.query.get(settings.tokenField) ?? '');
  return sameSecret(Buffer.from(given), Buffer.from(token));
}

/** What it says, of which message. A state that nobody mapped is no news. */
export function read(settings: ReceiptSettings, told: Told): Receipt {
  const form = new URLSearchParams([
    // A signature is over the body: what stands in the address, anybody may have written there.
    ...(settings.secret === undefined ? told.query : []),
    ...(settings.format === 'form' ? new URLSearchParams(told.body) : []),
  ]);
  const json = settings.format === 'json' ? jsonIn(told.body) : undefined;
  const find = (name: string | undefined): string | undefined =>
    name === undefined
      ? undefined
      : settings.format === 'json'
        ? at(name, json)
        : (form.get(name) ?? undefined);
  const state = find(settings.state) ?? '';
  return {
    id: find(settings.id),
    reference: find(settings.reference),
    outcome: Object.hasOwn(settings.states, state) ? settings.states[state] : undefined,
  };
}
