import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes } from '../../src/kit/clock.ts';
import { password } from '../cast/house.ts';
import { telephone } from '../cast/telephone.ts';
import { untilPage } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import { isTold } from './letters.ts';
import {
  actionOf,
  arrive,
  assertNotSignedIn,
  assertSignedIn,
  confirmed,
  enter,
  name,
  post,
  query,
  type Resident,
  scene,
  signInByText,
} from './scene.ts';

const at = scene();
const path = '/account/security-info/recovery-codes';

/** Makes a set in the account pages; the last step is left to the story. */
async function make(visitor: Visitor): Promise<string[]> {
  await visitor.open(path);
  await visitor.send('/recovery-codes');
  return [...visitor.page.text.matchAll(/\d(?:-[0-9A-HJKMNP-TV-Z]{4}){4}/g)].map(([code]) => code);
}

async function withCodes(called: string): Promise<{ who: Resident; visitor: Visitor; codes: string[] }> {
  const who = await at.resident(called);
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  const codes = await make(visitor);
  assert.equal(codes.length, 10);
  await visitor.send('/saved');
  assert.ok(visitor.page.text.includes('残り10個'), visitor.page.text);
  return { who, visitor, codes };
}

/** To the page that asks for a code. */
async function askCode(visitor: Visitor, who: Resident): Promise<void> {
  await name(visitor, who.loginName, '/account/security-info/recover');
  await visitor.send('/password', { password });
  const { rows } = await query(
    at.house,
    `select set_id from recovery_codes where user_id = '${who.id}' and saved limit 1`,
  );
  await visitor.send('/ask', { way: `${rows[0]?.set_id} code` });
}

const left = (who: Resident) => at.count('recovery_codes', `user_id = '${who.id}' and saved`);

test('a code leads to a new phone and nowhere else, and its owner is told', async () => {
  const { who, codes } = await withCodes('CodeOwner');
  const visitor = at.house.visitor();
  await askCode(visitor, who);
  await visitor.send('/answer', { code: (codes[3] ?? '').toLowerCase() });
  await visitor.moveOn();
  assert.match(visitor.page.url, /\/registration\//);
  // Not into our own pages, nor into applications.
  await assertNotSignedIn(visitor);
  const wizard = visitor.page.url;
  await visitor.open('/');
  assert.match(visitor.page.url, /\/sign-in\//);
  await visitor.open(wizard);
  await visitor.send('/choose', { adding: 'phone alternateMobile' });
  const phone = telephone(at.house, '+819087654321');
  await visitor.send('/fill', { country: 'JP', number: phone.number, way: 'call' });
  await phone.answer();
  await phone.press('#');
  await untilPage(visitor, page => page.text.includes('追加されました'));
  await visitor.send('/done');
  assert.equal(await left(who), 9);
  await isTold(at.house, who, '使用されました：回復コード');
  await isTold(at.house, who, '追加されました：+81 XX-XXXX-XX21');
  const waiting = await at.count(
    'audit',
    `user_id = '${who.id}' and detail->>'method' = 'recovery-code' and detail->>'verdict' = 'proved'`,
  );
  assert.equal(waiting, 1);
  // What the code led to is done, and it leads no further: the new phone does.
  await assertNotSignedIn(visitor);
  await visitor.open('/');
  assert.match(visitor.page.url, /\/sign-in\//);
  const anew = at.house.visitor();
  await enter(anew, who);
  await anew.send('/ask', { way: 'alternateMobile call' });
  await phone.answer();
  await phone.press('#');
  await confirmed(anew);
  await arrive(anew);
  await assertSignedIn(anew);
});

test('used twice, a code works once; also when fifty use it at once', async () => {
  const { who, codes } = await withCodes('CodeRace');
  const doors = Array.from({ length: 5 }, () => at.house.visitor());
  for (const visitor of doors) await askCode(visitor, who);
  const [code = ''] = codes;
  const visitors = doors.flatMap(visitor => Array.from({ length: 10 }, () => visitor));
  const answers = await Promise.all(
    visitors.map(visitor => post(visitor, actionOf(visitor, '/answer'), { code })),
  );
  const pages = await Promise.all(answers.map(answer => answer.text()));
  assert.equal(pages.filter(html => html.includes('http-equiv="refresh"')).length, 1);
  assert.equal(
    answers.filter(answer => answer.headers.getSetCookie().some(line => line.includes('session'))).length,
    1,
  );
  assert.equal(await left(who), 9);
  const proved = await at.count(
    'audit',
    `user_id = '${who.id}' and kind = 'sign-in.step' and detail->>'method' = 'recovery-code' and detail->>'verdict' = 'proved'`,
  );
  assert.equal(proved, 1);
  const again = at.house.visitor();
  await askCode(again, who);
  await again.send('/answer', { code });
  assert.ok(again.page.text.includes('使用済み'), again.page.text);
});

test('a new set counts when it is said to be saved, and then the old one does not', async () => {
  const { who, visitor, codes } = await withCodes('CodeRenewed');
  const fresh = await make(visitor);
  const early = at.house.visitor();
  await askCode(early, who);
  await early.send('/answer', { code: fresh[0] ?? '' });
  assert.ok(early.page.text.includes('正しくありません'), early.page.text);
  const open = at.house.visitor();
  await askCode(open, who);
  await visitor.send('/saved');
  await open.send('/answer', { code: codes[1] ?? '' });
  assert.ok(open.page.forms.some(({ action }) => action.endsWith('/answer')));
  const now = at.house.visitor();
  await askCode(now, who);
  await now.send('/answer', { code: codes[1] ?? '' });
  assert.ok(now.page.text.includes('正しくありません'), now.page.text);
  await now.send('/answer', { code: fresh[1] ?? '' });
  await now.moveOn();
  assert.match(now.page.url, /\/registration\//);
  assert.equal(await left(who), 9);
});

test('codes are made by whoever proved lately that it is them, for themselves', async () => {
  const { visitor } = await withCodes('CodeStale');
  const other = await at.resident('CodeOther');
  await make(visitor);
  const [, set] = /name="set" value="([^"]+)"/.exec(visitor.page.html) ?? [];
  const thief = at.house.visitor();
  await signInByText(thief, other);
  await thief.open(path);
  await post(thief, `${path}/saved`, { set: set ?? '' });
  assert.equal(await left(other), 0);
  assert.equal(await at.count('recovery_codes', `set_id = '${set}' and saved`), 0);
  at.house.clock.pass(minutes(16));
  await visitor.open(path);
  assert.match(visitor.page.url, /\/sign-in\//);
});

test('the codes stand nowhere in the database or the log, and what no code looks like is no guess', async () => {
  const { who, codes } = await withCodes('CodeHidden');
  const { rows } = await query(
    at.house,
    `select t::text as t from recovery_codes t union all select record from audit_records`,
  );
  const all = JSON.stringify(rows) + at.house.log.join('\n');
  for (const code of codes)
    for (const form of [code, code.replaceAll('-', '')]) assert.ok(!all.includes(form));
  const visitor = at.house.visitor();
  await askCode(visitor, who);
  for (let i = 0; i < 12; i++) await visitor.send('/answer', { code: 'ABCD' });
  await visitor.send('/answer', { code: codes[0] ?? '' });
  await arrive(visitor);
  assert.match(visitor.page.url, /\/registration\//);
  await signInByText(at.house.visitor(), who);
});

test('whoever removes the codes is asked for their phone as before', async () => {
  const { who, visitor } = await withCodes('CodeRemoved');
  const { rows } = await query(
    at.house,
    `select set_id from recovery_codes where user_id = '${who.id}' limit 1`,
  );
  await visitor.open(`/account/security-info/remove?method=recovery-code&credential=${rows[0]?.set_id}`);
  await visitor.send('/remove');
  assert.equal(await left(who), 0);
  const anew = at.house.visitor();
  await signInByText(anew, who);
  await assertSignedIn(anew);
});

test('the way by a code is shown to whoever has codes and showed the password, and to nobody else', async () => {
  const { who: holder } = await withCodes('PaperShown');
  const bare = await at.resident('PaperNone');
  const link = '/account/security-info/recover';
  const visitor = at.house.visitor();
  for (const [someone, isShown] of [
    [holder, true],
    [bare, false],
  ] as const) {
    await name(visitor, someone.loginName);
    assert.ok(!visitor.page.html.includes(link), 'before the password, nobody learns who has codes');
    await visitor.send('/password', { password });
    assert.equal(visitor.page.html.includes(link), isShown, visitor.page.text);
    assert.ok(visitor.page.text.includes('事務局'));
  }
});
