import assert from 'node:assert/strict';
import test from 'node:test';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { wordsFor } from '../../src/words/index.ts';
import {
  Button,
  ChoiceCard,
  CodeField,
  Copyable,
  Countdown,
  CountrySelect,
  Field,
  Form,
  LiveState,
  MovingOn,
  Page,
  type PageContext,
  PageProvider,
  PasswordField,
  QrCode,
  RadioGroup,
  Table,
} from './index.ts';

const context: PageContext = {
  language: 'en',
  words: wordsFor('en'),
  csrf: 'the-token',
  organisation: { name: 'Genkan University', help: 'Office' },
  path: '/here?a=1&b=2',
  asset: name => `/assets/${name}?v=1`,
};
const draw = (page: VNode, over: Partial<PageContext> = {}): string =>
  renderToString(<PageProvider value={{ ...context, ...over }}>{page}</PageProvider>);

const evil = `"><script>alert('x')</script>&`;

test('whatever a component is given is shown, never run', () => {
  const html = draw(
    <Page title={evil} lead={evil} number={evil} me={{ displayName: evil, loginName: evil }}>
      <Form action={evil} fields={{ [evil]: evil }}>
        <Field name="a" label={evil} hint={evil} error={evil} value={evil} />
        <PasswordField name="b" label={evil} autocomplete="current-password" username={evil} />
        <CodeField name="c" label={evil} value={evil} />
        <RadioGroup name="d" label={evil} options={[{ value: evil, label: evil, line: evil }]} />
        <ChoiceCard icon="phone" title={evil} line={evil} badge={evil} name="e" value={evil} />
        <LiveState state="x" sentences={{ x: evil }} />
        <Copyable label={evil} text={evil} />
        <QrCode label={evil} text={evil} />
        <Table head={[evil]} caption={evil} rows={[{ key: evil, cells: [evil] }]} />
      </Form>
    </Page>,
    { organisation: { name: evil, help: evil, logo: evil } },
  );
  assert.ok(!html.includes('<script>'));
  assert.ok(!/="[^"]*"><script/.test(html));
});

test('every form of a page is a POST and carries the token', () => {
  const html = draw(
    <Page title="t" me={{ displayName: 'A', loginName: 'a' }}>
      <Form action="/x">
        <Button>Go</Button>
      </Form>
    </Page>,
  );
  const forms = html.match(/<form.*?<\/form>/g) ?? [];
  assert.equal(forms.length, 3, 'its own, signing out, and the language');
  for (const form of forms) {
    assert.match(form, /method="post"/);
    assert.match(form, /<input type="hidden" name="csrf" value="the-token"\/?>/);
  }
});

test('the label, the hint and the error of a field are tied to it', () => {
  const html = draw(<Field name="account" label="Account" hint="As on your card" error="Enter it" />);
  assert.match(html, /<label class="label" for="account">Account<\/label>/);
  assert.match(
    html,
    /<input id="account" name="account" aria-describedby="account-hint account-error" aria-invalid="true"/,
  );
  assert.ok(
    html.indexOf('As on your card') < html.indexOf('<input') &&
      html.indexOf('<input') < html.indexOf('Enter it'),
  );
  const plain = draw(<Field name="account" label="Account" />);
  assert.ok(!plain.includes('aria-invalid') && !plain.includes('aria-describedby'));
});

test('a code is one field that a phone fills in, and that a paste with spaces fits into', () => {
  const html = draw(<CodeField name="code" label="Code" />);
  assert.match(html, /type="text"/);
  assert.match(html, /inputmode="numeric"/);
  assert.match(html, /autocomplete="one-time-code"/);
  assert.ok(!html.includes('maxlength') && !html.includes('placeholder'));
});

test('no page has styles or handlers within it, which the policy would block', () => {
  const html = draw(
    <Page title="t" wait="/w" refresh={3} section="account" wide>
      <Countdown until={5000} now={0}>
        <Button>Again</Button>
      </Countdown>
      <CountrySelect value="JP" />
    </Page>,
  );
  assert.ok(!/ style=| on[a-z]+=|<style|javascript:/i.test(html));
  for (const [tag] of html.matchAll(/<script[^>]*>/g))
    assert.match(tag, /^<script type="module" src="\/assets\//);
});

test('a page that waits asks for itself again only where scripts do not run', () => {
  assert.match(
    draw(<Page title="t" wait="/w" refresh={3} />),
    /<noscript><meta http-equiv="refresh" content="3"\/?><\/noscript>/,
  );
  assert.ok(!draw(<Page title="t" refresh={3} />).includes('<noscript>'));
});

test('a page moves on to a path, a web address or an app, and to nothing else', () => {
  const to = (address: string) => draw(<MovingOn title="t" to={address} link="Go on" />);
  assert.match(to('/oidc/auth/1'), /content="0;url=\/oidc\/auth\/1"/);
  assert.match(
    to('https://app.example/cb?code=1&state=2'),
    /url=https:\/\/app\.example\/cb\?code=1&amp;state=2/,
  );
  for (const address of [
    'javascript:alert(1)',
    '//evil.example',
    '/\\evil.example',
    'data:text/html,x',
    '',
    'x',
    '/a b',
  ])
    assert.throws(() => to(address), /moves on only/);
});

test('the page says its language, and offers the others in their own', () => {
  const html = draw(<Page title="t" />, { language: 'ja', words: wordsFor('ja') });
  assert.match(html, /^<html lang="ja">/);
  assert.match(html, /<span lang="ja" aria-current="true">日本語<\/span>/);
  assert.match(
    html,
    /<button type="submit" class="link" name="language" value="en" lang="en">English<\/button>/,
  );
  assert.match(html, /name="back" value="\/here\?a=1&amp;b=2"/);
  assert.ok(!draw(<Page title="t" />, { path: undefined }).includes('/language'));
});

test('a wait that is over shows only the button', () => {
  assert.ok(
    !draw(
      <Countdown until={5} now={5}>
        <Button>Again</Button>
      </Countdown>,
    ).includes('data-left'),
  );
  const waiting = draw(
    <Countdown until={1500} now={0}>
      <Button>Again</Button>
    </Countdown>,
  );
  assert.match(
    waiting,
    /data-left="2" data-one="You can ask again in 1 second\." data-many="You can ask again in \{n\} seconds\."/,
  );
});

test('the organisation’s country is chosen and stands first, once', () => {
  const html = draw(<CountrySelect value="JP" usual={['JP', 'KR']} />);
  assert.match(html, /<optgroup label="Usual"><option value="JP" selected[^>]*>Japan \(\+81\)/);
  assert.equal(html.match(/value="JP"/g)?.length, 1);
  assert.equal(html.match(/<option /g)?.length, 245);
});
