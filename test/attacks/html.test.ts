import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type CredentialId, newId } from '../../src/kit/ids.ts';
import { insert } from '../../src/methods/totp/store.ts';
import { type Chromium, openChromium } from '../cast/chromium.ts';
import { press } from '../cast/press.ts';
import type { Visitor } from '../cast/visitor.ts';
import { arrive, askText, assertSignedIn, query, scene } from './scene.ts';

const at = scene();
let chromium: Chromium;
before(async () => {
  chromium = await openChromium();
});
after(() => chromium?.close());

const marks = (n: number): string =>
  `"><img src=x onerror=pwn(${n})><svg/onload=pwn(${n})><script>pwn(${n})</script>'-pwn(${n})-'<a href=javascript:pwn(${n})>`;

/** A page in which anything that runs is noticed: it calls `pwn`, opens a dialog, or breaks our policy. */
async function watched(visitor?: Visitor, userAgent?: string): Promise<{ page: Page; ran: string[] }> {
  const { page } = await chromium.openBrowser({
    house: at.house,
    story: '../attacks',
    ...(userAgent ? { userAgent } : {}),
  });
  const ran: string[] = [];
  await page.exposeFunction('pwn', (n: unknown) => void ran.push(`pwn(${n})`));
  page.on('dialog', dialog => {
    ran.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', message => {
    if (/Content Security Policy|Refused to/.test(message.text())) ran.push(message.text());
  });
  if (visitor)
    await page
      .context()
      .addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: at.house.url })));
  return { page, ran };
}

/** What our pages never have in them, whoever gave the words. */
const foreign = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap(element => {
      const handlers = [...element.attributes].filter(({ name }) => name.startsWith('on'));
      const link = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
      const isOurs = element.tagName !== 'SCRIPT' || element.getAttribute('src')?.startsWith('/assets/');
      return handlers.length > 0 || /^\s*javascript:/i.test(link) || !isOurs
        ? [element.outerHTML.slice(0, 200)]
        : [];
    }),
  );

async function assertHarmless({ page, ran }: { page: Page; ran: string[] }, path: string): Promise<void> {
  const response = await page.goto(path);
  await page.waitForTimeout(30);
  assert.ok((response?.status() ?? 0) < 500, path);
  assert.deepEqual(await foreign(page), [], path);
  assert.deepEqual(ran, [], path);
}

test('names that are HTML are names on every page of a person: their own, their app’s, their browser’s, the organisation’s', async () => {
  const person = await at.resident('Markup');
  const { storage, clock, directory } = at.house.foundation;
  await query(
    at.house,
    `update users set display_name = '${marks(1).replaceAll("'", "''")}' where id = '${person.id}'`,
  );
  await storage.tx(tx =>
    insert(tx, storage.sealer, {
      id: newId() as CredentialId,
      user: person.id,
      name: marks(2),
      secret: Buffer.alloc(20, 7),
      lastStep: 0,
      createdAt: clock.now(),
    }),
  );
  await at.house.given.setting('organisation', {
    name: { ja: marks(3).slice(0, 99), en: marks(3).slice(0, 99) },
    help: { ja: marks(4), en: marks(4) },
  });
  await at.house.given.setting('notices', {
    preparing: { text: { ja: marks(5), en: marks(5) }, until: '2099-12-31' },
  });
  const created = await directory.applications.create(
    {
      id: 'marked' as never,
      displayName: marks(6).slice(0, 200),
      settings: {
        kind: 'oidc',
        redirectUris: ['http://localhost:9/marked'],
        startAddress: 'http://localhost:9/marked',
      },
    },
    { is: 'office', name: 'test' },
  );
  assert.ok(created.saved, JSON.stringify(created));
  for (const startAddress of [
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'http://evil.example/',
    'https://user:pass@evil.example/',
  ])
    assert.ok(
      !(
        await directory.applications.create(
          {
            id: 'marked-2' as never,
            displayName: 'x',
            settings: { kind: 'oidc', redirectUris: ['http://localhost:9/x'], startAddress },
          },
          { is: 'office', name: 'test' },
        )
      ).saved,
      startAddress,
    );

  const visitor = at.house.visitor({ headers: { 'user-agent': marks(7) } });
  const code = await askText(visitor, person);
  await visitor.send('/answer', { code });
  await arrive(visitor);
  const browser = await watched(visitor);
  for (const path of [
    '/',
    '/account',
    '/account/security-info',
    '/account/security-info/add',
    '/account/sign-ins',
    '/account/devices',
    '/account/security-info/remove?method=phone&credential=mobile',
    `/simulator/phones/${encodeURIComponent(person.phone.number)}`,
    '/simulator',
    '/signed-out',
    '/oidc-interaction/sign-out',
  ])
    await assertHarmless(browser, path);
  assert.match(
    (await (await browser.page.goto('/account/devices'))?.text()) ?? '',
    /&lt;script>|&lt;script&gt;/,
  );
  await assertSignedIn(visitor);
});

test('what came in an address or a form is text on the page that shows it again', async () => {
  const browser = await watched(undefined, marks(8).replaceAll(/[^\x20-\x7e]/g, ''));
  const encoded = encodeURIComponent(marks(9));
  for (const path of [
    `/no-such-page/${encoded}`,
    `/account?x=${encoded}`,
    `/account/security-info?said=${encoded}`,
    `/oidc/auth?client_id=${encoded}`,
    `/oidc/auth?client_id=marked&redirect_uri=${encoded}&response_type=${encoded}&scope=${encoded}`,
    `/oidc/auth?client_id=marked&redirect_uri=http://localhost:9/marked&response_type=code&scope=openid&code_challenge=${'x'.repeat(43)}&code_challenge_method=S256&login_hint=${encoded}&ui_locales=${encoded}`,
    `/oidc/session/end?id_token_hint=${encoded}&post_logout_redirect_uri=${encoded}`,
    `/oidc/${encoded}`,
    `/oidc-interaction/${encoded}`,
    `/sign-in/${encoded}`,
    `/registration/${encoded}`,
    `/simulator/phones/${encoded}`,
  ])
    await assertHarmless(browser, path);

  const { page, ran } = browser;
  await page.goto('/account');
  await page.locator('input[name=account]').fill(marks(10).replaceAll(' ', '/'));
  await press(page, page.locator('main form button[type=submit]').first());
  assert.deepEqual(await foreign(page), []);
  await page.locator('input[name=password]').fill(marks(11));
  await press(page, page.locator('main form button.button').first());
  assert.deepEqual(await foreign(page), []);
  assert.deepEqual(ran, []);
});

test('a number that is HTML is shown again as it was typed, and no page of ours can be put into another’s frame', async () => {
  const person = await at.resident('Framed', { phoneless: true });
  const browser = await watched();
  const { page, ran } = browser;
  await page.goto('/account');
  await page.locator('input[name=account]').fill(person.loginName);
  await press(page, page.locator('main form button[type=submit]').first());
  await page.locator('input[name=password]').fill('sakura saku michi');
  await press(page, page.locator('main form button.button').first());
  await press(page, page.locator('form[action$="/register"] button'));
  await press(page, page.locator('button[value="phone mobile"]').first(), target =>
    target.evaluate(button => (button as HTMLButtonElement).click()),
  );
  await page.locator('input[name=number]').fill(marks(12));
  await page.locator('input[name=way]').first().check();
  await press(page, page.locator('form[action$="/fill"] button[type=submit]').last());
  assert.deepEqual(await foreign(page), []);
  assert.deepEqual(ran, []);
  assert.equal(await page.locator('input[name=number]').inputValue(), marks(12));

  const framed = await page.evaluate(async url => {
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
    await new Promise(resolve => setTimeout(resolve, 500));
    try {
      return frame.contentDocument?.querySelector('form') ? 'shown' : 'empty';
    } catch {
      return 'refused';
    }
  }, `${at.house.url}/account`);
  assert.notEqual(framed, 'shown');
});
