import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFileMail } from './file.ts';

test('a mail becomes one file, also when it is sent twice; its lines keep to RFC 5322', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-mail-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const clock = { now: () => Date.UTC(2026, 3, 6) };
  const mail = openFileMail({ folder, from: 'Genkan <no-reply@login.example.ac.jp>', clock });
  const one = {
    id: '0190-one',
    to: 'taro@example.ac.jp\r\nBcc: eve@example.com',
    subject: '【京都中央大学】サインイン方法が変更されました。心当たりがない場合はお知らせください。',
    text: 'ご確認ください。\n'.repeat(20),
  };
  await mail.send(one);
  await mail.send(one);
  assert.deepEqual(readdirSync(folder), ['0190-one.eml']);
  assert.equal(statSync(join(folder, '0190-one.eml')).mode & 0o777, 0o600);
  const text = readFileSync(join(folder, '0190-one.eml'), 'utf8');
  const [head = '', body = ''] = text.split('\r\n\r\n');
  assert.ok(!/^Bcc:/m.test(head));
  assert.ok(text.split('\r\n').every(line => line.length <= 78));
  const subject = [...head.matchAll(/=\?utf-8\?B\?(.*?)\?=/g)].map(m =>
    Buffer.from(m[1] ?? '', 'base64').toString(),
  );
  assert.equal(subject.join(''), one.subject);
  assert.match(Buffer.from(body, 'base64').toString(), /^ご確認ください。\r\n/);
});
