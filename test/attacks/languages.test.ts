// In whose language a page speaks, and whom it takes its visitor for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsFor } from '../../src/words/index.ts';
import { password } from '../cast/house.ts';
import type { PageSeen, Visitor } from '../cast/visitor.ts';
import { ask, authorize, oidcScene } from './oidc-scene.ts';
import { enter, signInByText } from './scene.ts';

const { at } = oidcScene();
const en = wordsFor('en');

const languageOf = ({ headers, html }: PageSeen): string => {
  const said = headers.get('content-language') ?? '';
  assert.ok(html.includes(`<html lang="${said}"`), html.slice(0, 200));
  return said;
};
const field = (visitor: Visitor): string | undefined =>
  visitor.page.forms.find(({ action }) => action.endsWith('/identify'))?.fields.account;

test('the application’s wish stands before the browser’s, the first that is spoken here', async () => {
  for (const [wish, browser, spoken] of [
    ['en', 'ja', 'en'],
    ['ja', 'en', 'ja'],
    ['fr ja', 'en', 'ja'],
    ['en-GB ja', 'ja', 'en'],
    ['fr', 'ja', 'ja'],
    ['fr', 'en', 'en'],
    ['', 'en', 'en'],
  ] as const) {
    const visitor = at.house.visitor({ language: browser });
    const { parameters } = ask('portal', wish ? { ui_locales: wish } : {});
    const page = await visitor.open(authorize(parameters));
    assert.equal(languageOf(page), spoken, `${wish} for a browser with ${browser}`);
    assert.ok(page.text.includes(wordsFor(spoken).signIn.account), page.text);
    const other = spoken === 'ja' ? 'en' : 'ja';
    visitor.cookies.set('genkan-language', other);
    assert.equal(languageOf(await visitor.open(page.url)), other, 'chosen at the foot of the page');
  }
});

test('what the application wished holds to the end of the sign-in: in its wizard, in its texts, on the page that moves on', async () => {
  const person = await at.resident('Foreigner', { phoneless: true });
  const path = authorize(ask('portal', { ui_locales: 'en' }).parameters);
  const visitor = at.house.visitor({ language: 'ja' });
  const seen = (title: string): void => {
    assert.ok(visitor.page.text.includes(title), visitor.page.text);
    assert.equal(languageOf(visitor.page), 'en', title);
  };
  const textIn = async (): Promise<string> => {
    const text = await person.phone.text();
    assert.ok(text.includes(en.phone.message.advice), text);
    return /\d{6}/.exec(text)?.[0] ?? '';
  };
  await enter(visitor, person, path);
  seen(en.signIn.moreTitle);
  await visitor.send('/register');
  seen(en.registration.another);
  await visitor.send('/choose', { adding: 'phone mobile' });
  await visitor.send('/fill', { country: 'JP', number: person.phone.number, way: 'text' });
  await visitor.send('/answer', { code: await textIn() });
  seen(en.registration.phoneAdded);
  await visitor.send('/done');
  seen(en.signIn.stayTitle);
  await visitor.send('/stay', { stay: 'no' });
  seen(en.signIn.goOn);

  const again = at.house.visitor({ language: 'ja' });
  await enter(again, person, path);
  await again.send('/ask', { way: 'mobile text' });
  await textIn();
});

test('a person’s own setting stands before the browser’s as soon as it is known who they are', async () => {
  const person = await at.resident('Emily', { language: 'en' });
  const visitor = at.house.visitor({ language: 'ja' });
  await visitor.open('/account');
  assert.equal(languageOf(visitor.page), 'ja', 'nobody is known yet');
  await signInByText(visitor, person);
  await visitor.open('/account');
  assert.equal(languageOf(visitor.page), 'en');
  assert.ok(visitor.page.text.includes(en.account.accountTitle), visitor.page.text);
});

test('a login_hint fills the field in, also for whoever is signed in already; another account begins without it', async () => {
  const person = await at.resident('Hinted');
  const hint = { login_hint: person.loginName };
  const visitor = at.house.visitor();
  await visitor.open(authorize(ask('portal', hint).parameters));
  assert.equal(field(visitor), person.loginName);
  await visitor.send('/identify', { account: person.loginName });
  await visitor.send('/other-account');
  assert.equal(field(visitor), '', visitor.page.text);
  await visitor.send('/identify', { account: person.loginName });
  await visitor.send('/password', { password });
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await person.phone.code() });
  await visitor.send('/stay', { stay: 'no' });
  for (const prompt of ['login', 'select_account']) {
    await visitor.open(authorize(ask('portal', { prompt, ...hint }).parameters));
    assert.equal(field(visitor), person.loginName, prompt);
    await visitor.open(authorize(ask('portal', { prompt }).parameters));
    assert.equal(field(visitor), '', prompt);
  }
});
