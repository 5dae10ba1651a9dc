import { createHmac } from 'node:crypto';
import type { TextOutcome } from '../gateway.ts';

/** What is kept of a text that smsd sent, until its report comes: enough to know it again, and no number. */
export interface Kept {
  /** the modem's own number for it, 0 to 255 and then again */
  readonly message: string;
  /** a keyed hash of whom it was to */
  readonly to: string;
}

/** What the network said of a text, as smsd wrote it down. */
export interface Report extends Kept {
  /** nothing while it goes on trying */
  readonly outcome: TextOutcome | undefined;
}

/** Numbers are written with and without `+`. */
const hashOf = (key: Buffer, number: string): string =>
  createHmac('sha256', key).update(number.replace(/\D/g, '')).digest('base64url').slice(0, 22);

const line = (text: string, name: string): string | undefined =>
  new RegExp(`^${name}:[ \\t]*(.+?)[ \\t\\r]*$`, 'm').exec(text)?.[1];

/** Reads what smsd added to a file of ours when it was sent. Nothing where no report was asked for. */
export function keptOf(sent: string, key: Buffer): Kept | undefined {
  const [headers = ''] = sent.split('\n\n');
  const [message, to] = [line(headers, 'Message_id'), line(headers, 'To')];
  return message === undefined || to === undefined ? undefined : { message, to: hashOf(key, to) };
}

/** Reads a status report. Nothing for what is none: somebody wrote back. */
export function reportIn(text: string, key: Buffer): Report | undefined {
  const at = text.indexOf('SMS STATUS REPORT');
  const from = line(text.slice(0, Math.max(0, at)), 'From');
  if (at === -1 || from === undefined) return undefined;
  const [message, status] = [line(text.slice(at), 'Message_id'), line(text.slice(at), 'Status')];
  const code = /^\d+/.exec(status ?? '')?.[0];
  if (message === undefined || code === undefined) return undefined;
  return { message, to: hashOf(key, from), outcome: outcomeOf(Number(code)) };
}

/** TP-Status (3GPP TS 23.040 §9.2.3.15). */
function outcomeOf(status: number): TextOutcome | undefined {
  if (status === 0 || status === 2) return 'delivered';
  // It was handed on, and nobody can say what became of it.
  if (status < 32) return 'unknown';
  return status < 64 ? undefined : 'undelivered';
}

export const isAbout = (report: Report, kept: Kept): boolean =>
  report.message === kept.message && report.to === kept.to;
