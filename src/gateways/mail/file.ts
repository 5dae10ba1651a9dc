import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../kit/clock.ts';
import type { MailGateway } from '../gateway.ts';

/**
 * Mail as files: one `.eml` (RFC 5322) for each, in a folder. The demo's mail, and a hand-over for those
 * who send it by other means. A mail that is sent again replaces its own file.
 */
export function openFileMail(options: { folder: string; from?: string; clock?: Clock }): MailGateway {
  const { from = 'Genkan <no-reply@localhost>', clock = systemClock } = options;
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  return {
    kind: 'mail',
    id: 'file',
    async send(mail) {
      const path = join(options.folder, `${mail.id}.eml`);
      const text = message({ ...mail, from, at: clock.now() });
      await writeFile(`${path}.part`, text, { mode: 0o600 });
      await rename(`${path}.part`, path);
    },
    close: async () => undefined,
  };
}

function message(mail: {
  id: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  at: number;
}): string {
  const host = mail.from.replace(/^.*@/, '').replace(/>$/, '');
  const lines = [
    `Date: ${new Date(mail.at).toUTCString().replace('GMT', '+0000')}`,
    `From: ${header(mail.from)}`,
    `To: ${header(mail.to)}`,
    `Subject: ${encodedWords(mail.subject)}`,
    `Message-ID: <${mail.id}@${host}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    'Auto-Submitted: auto-generated',
    '',
    Buffer.from(mail.text.replace(/\r?\n/g, '\r\n')).toString('base64').replace(/.{76}/g, '$&\r\n'),
    '',
  ];
  return lines.join('\r\n');
}

/** An address must not begin another header. */
const header = (text: string): string => text.replace(/[\r\n\0]/g, '');

/** RFC 2047: words that leave room for the name of the header, none of which splits a character. */
function encodedWords(text: string): string {
  if (/^[\x20-\x7e]{0,900}$/.test(text)) return text;
  const words: string[] = [];
  let word = '';
  for (const character of header(text)) {
    if (Buffer.byteLength(word + character) > 39) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map(w => `=?utf-8?B?${Buffer.from(w).toString('base64')}?=`).join('\r\n ');
}
