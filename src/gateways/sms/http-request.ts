import { createHmac } from 'node:crypto';
import type { Instant } from '../../kit/clock.ts';
import type { PhoneNumber, Taken } from '../gateway.ts';
import { type Answered, mayHaveWorked, type Request } from '../http/client.ts';
import { asItIs, asOneLine, asXml, at, fill, fillJson, type Values } from '../http/template.ts';
import { nationalDigits } from '../phone-number.ts';
import { type HttpSettings, splitAt } from './http-settings.ts';

interface Text {
  readonly id: string;
  readonly to: PhoneNumber;
  readonly text: string;
}

/** The request that the template makes of one message. Pure; the same every time. */
export function requestOf(settings: HttpSettings, text: Text, now: Instant): Request {
  const timestamp = String(Math.floor(now / 1000));
  const values: Values = {
    to: text.to,
    'to.national': nationalDigits(text.to),
    'to.digits': text.to.replace(/\D/g, ''),
    text: text.text,
    id: text.id,
    sender: settings.sender,
    timestamp,
  };
  const [before, query] = splitAt(settings.url, '?');
  const url = new URL(fill(before, values, encodeURIComponent) + fill(query, values, encodeURIComponent));
  const body = bodyOf(settings, values);
  const { username, password, sign } = settings;
  const headers: Record<string, string> = {
    ...(body === undefined ? {} : { 'content-type': body.type }),
    ...(username === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }),
    ...Object.fromEntries(
      Object.entries(settings.headers).map(([name, template]) => [name, fill(template, values, asOneLine)]),
    ),
  };
  if (sign) {
    const signed = `${timestamp}.${body?.content ?? url.pathname + url.search}`;
    headers[sign.timestampHeader] = timestamp;
    headers[sign.header] = createHmac('sha256', sign.secret).update(signed).digest(sign.encoding);
  }
  return { method: settings.method, url, headers, ...(body ? { body: body.content } : {}) };
}

function bodyOf({ json, form, xml, text }: HttpSettings, values: Values) {
  if (json !== undefined)
    return { type: 'application/json; charset=utf-8', content: JSON.stringify(fillJson(json, values)) };
  if (form !== undefined) {
    const fields = Object.entries(form).map(([name, template]): [string, string] => [
      name,
      fill(template, values, asItIs),
    ]);
    return { type: 'application/x-www-form-urlencoded', content: new URLSearchParams(fields).toString() };
  }
  if (xml !== undefined) return { type: 'application/xml; charset=utf-8', content: fill(xml, values, asXml) };
  if (text !== undefined)
    return { type: 'text/plain; charset=utf-8', content: fill(text, values, asOneLine) };
  return undefined;
}

/** What the answer means. The provider's words stay with the provider: they may have the number in them. */
export function takenOf(settings: HttpSettings, answered: Answered): Taken {
  if (answered.is === 'not-sent') return { taken: false, reason: answered.why };
  if (answered.is === 'unanswered') return { taken: 'perhaps', reason: answered.why };
  const { status, body } = answered;
  const { success, reference } = settings;
  if (!success.status.includes(status))
    return { taken: mayHaveWorked(status) ? 'perhaps' : false, reason: `status ${status}` };
  const read = jsonIn(body);
  if (success.matches !== undefined) {
    const isWhole = success.path === undefined ? isTheirWord(body) : read !== undefined;
    if (!isWhole) return { taken: 'perhaps', reason: 'the answer cannot be read' };
    const judged = success.path === undefined ? body : at(success.path, read);
    if (judged === undefined || !new RegExp(success.matches, 'u').test(judged))
      return { taken: false, reason: 'the answer is no success' };
  }
  const name = reference === undefined ? undefined : at(reference, read);
  return { taken: true, ...(name === undefined ? {} : { reference: name }) };
}

/** Nothing, or a page for people: that is from between us and the provider, or was cut off. */
const isTheirWord = (body: string): boolean => !/^\ufeff?\s*($|<!doctype html|<html)/i.test(body);

export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON: then nothing is found in it.
    return undefined;
  }
}
