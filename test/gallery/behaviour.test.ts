import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../cast/launch.ts';
import { type Exhibition, openExhibition } from './exhibition.tsx';

let browser: Browser;
let exhibition: Exhibition;

before(async () => {
  exhibition = await openExhibition();
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await exhibition?.close();
});

async function at(scene: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'ja', ...options });
  const page = await context.newPage();
  await page.goto(`${exhibition.url}/${scene}`);
  return page;
}

const country = (page: Page) => page.getByRole('combobox', { name: '国番号' });
const next = (page: Page) => page.getByRole('button', { name: '次へ' });

for (const typed of ['かんこく', 'カンコク', '韓国', 'South K', 'kr', '+82']) {
  test(`with a mouse and a keyboard, 「${typed}」 and Enter choose 韓国`, async () => {
    const page = await at('ja/phone');
    await country(page).fill(typed);
    await country(page).press('Enter');
    assert.equal(await country(page).inputValue(), '韓国 (+82)');
    await page.context().close();
  });
}

test('Enter in a list that is being searched chooses and does not send; the next Enter sends', async () => {
  const page = await at('ja/phone');
  await country(page).fill('べとなむ');
  await country(page).press('Enter');
  assert.match(page.url(), /phone/);
  await country(page).press('Enter');
  await page.waitForURL('**/x');
  assert.equal(exhibition.sent.at(-1)?.get('country'), 'VN');
  await page.context().close();
});

test('arrows walk, Escape goes back to what was chosen, leaving the field takes what is pointed at', async () => {
  const page = await at('ja/phone');
  await country(page).press('ArrowDown');
  assert.equal(await page.getByRole('option', { selected: true }).textContent(), '日本 (+81)');
  await country(page).press('ArrowDown');
  assert.equal(await page.getByRole('option', { selected: true }).textContent(), '中国 (+86)');
  await country(page).press('Escape');
  assert.equal(await country(page).inputValue(), '日本 (+81)');
  assert.equal(await country(page).getAttribute('aria-expanded'), 'false');
  await country(page).fill('たい');
  await country(page).press('Tab');
  assert.equal(await country(page).inputValue(), 'タイ (+66)');
  await page.context().close();
});

test('a press on a country chooses it; what fits nothing says so and changes nothing', async () => {
  const page = await at('en/phone');
  const field = page.getByRole('combobox', { name: 'Country code' });
  await field.click();
  await page.getByRole('option', { name: 'China (+86)' }).click();
  assert.equal(await field.inputValue(), 'China (+86)');
  await field.fill('Nowhereland');
  assert.equal(await page.getByText('No country or region fits.').isVisible(), true);
  await field.press('Tab');
  assert.equal(await field.inputValue(), 'China (+86)');
  await page.context().close();
});

test('on touch, and without script, the list is the native one', async () => {
  for (const options of [{ hasTouch: true, isMobile: true }, { javaScriptEnabled: false }]) {
    const page = await at('ja/phone', options);
    const list = page.locator('select[name=country]');
    assert.equal(await list.isVisible(), true);
    await list.selectOption({ label: 'ベトナム (+84)' });
    await next(page).click();
    await page.waitForURL('**/x');
    assert.equal(exhibition.sent.at(-1)?.get('country'), 'VN');
    assert.equal(exhibition.sent.at(-1)?.get('csrf'), 'c'.repeat(86));
    await page.context().close();
  }
});

test('two presses send once, and a page that comes back can be sent again', async () => {
  const page = await at('ja/account');
  const before = exhibition.sent.length;
  await next(page).dblclick();
  await page.waitForURL('**/x');
  assert.equal(exhibition.sent.length, before + 1);
  await page.goBack();
  await next(page).click();
  await page.waitForURL('**/x');
  assert.equal(exhibition.sent.length, before + 2);
  await page.context().close();
});

test('a page that waits tells each state and goes on by itself, only to us', async () => {
  const page = await at('ja/call');
  exhibition.tell({ state: 'answered' });
  await page.getByText('サインインしました。').waitFor();
  exhibition.tell({ state: 'ringing', next: 'https://elsewhere.example/' });
  await page.getByText('お使いの電話に接続しています。').waitFor();
  assert.match(page.url(), /call/);
  exhibition.tell({ next: '/ja/added' });
  await page.waitForURL('**/ja/added');
  await page.context().close();
});

test('a password can be seen and hidden, and is sent as a password', async () => {
  const page = await at('ja/password');
  const field = page.getByRole('textbox', { name: 'パスワード', exact: true });
  await page.locator('#password').fill('correct horse');
  await page.getByRole('button', { name: 'パスワードを表示' }).click();
  assert.equal(await field.inputValue(), 'correct horse');
  await page.getByRole('button', { name: 'パスワードを隠す' }).click();
  assert.equal(await page.locator('#password').getAttribute('type'), 'password');
  await page.context().close();
});

test('the first wrong answer has the focus, with and without script', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await at('ja/password-wrong', { javaScriptEnabled });
    await page.locator('#password:focus').waitFor();
    await page.context().close();
  }
  const page = await at('ja/phone-wrong');
  await page.locator('#number:focus').waitFor();
  await page.context().close();
});

test('a button that may not be pressed yet says when, counts, and comes', async () => {
  const page = await at('ja/code');
  await page.getByText(/[12]\d秒後に、もう一度送信できます。/).waitFor();
  const again = page.getByRole('button', { name: 'コードのSMS送信' });
  assert.equal(await again.isVisible(), false);
  await page.context().close();
  const plain = await at('ja/code', { javaScriptEnabled: false });
  assert.equal(await plain.getByRole('button', { name: 'コードのSMS送信' }).isVisible(), true);
  await plain.context().close();
});

test('the menu of the avatar opens without script, and closes at Escape', async () => {
  const plain = await at('ja/overview', { javaScriptEnabled: false });
  await plain.locator('.avatar-menu > summary').click();
  assert.equal(await plain.getByRole('link', { name: 'アカウントを表示' }).isVisible(), true);
  await plain.context().close();
  const page = await at('ja/overview');
  await page.locator('.avatar-menu > summary').click();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('link', { name: 'アカウントを表示' }).isVisible(), false);
  await page.context().close();
});

/** What a browser that takes codes out of texts is asked by a page (WebOTP), and hands to it. */
interface Texts {
  arrives(code: string): void;
}

async function atWithTexts(scene: string): Promise<{ page: Page; arrives(code: string): Promise<void> }> {
  const context = await browser.newContext({ locale: 'ja' });
  await context.addInitScript(() => {
    Object.assign(window, { OTPCredential: Object });
    navigator.credentials.get = asked => {
      const { otp, signal } = asked as { otp: { transport: string[] }; signal: AbortSignal };
      sessionStorage.setItem('asked by', otp.transport.join());
      return new Promise((resolve, reject) => {
        const texts = window as unknown as Texts;
        texts.arrives = code => resolve({ code } as unknown as Credential);
        signal.onabort = () => {
          sessionStorage.setItem('over', 'yes');
          reject(signal.reason);
        };
      });
    };
  });
  const page = await context.newPage();
  await page.goto(`${exhibition.url}/${scene}`);
  const arrives = (code: string) => page.evaluate(code => (window as unknown as Texts).arrives(code), code);
  return { page, arrives };
}

const kept = (page: Page, name: string): Promise<string | null> =>
  page.evaluate(name => sessionStorage.getItem(name), name);

test('where the browser reads texts, a code that arrives is filled in and sent', async () => {
  const { page, arrives } = await atWithTexts('ja/code');
  assert.equal(await kept(page, 'asked by'), 'sms');
  const before = exhibition.sent.length;
  await arrives('024680');
  await page.waitForURL('**/x');
  assert.equal(exhibition.sent.length, before + 1);
  assert.equal(exhibition.sent.at(-1)?.get('code'), '024680');
  await page.context().close();
});

test('a text that arrives when somebody typed already changes nothing and sends nothing', async () => {
  const { page, arrives } = await atWithTexts('ja/code');
  const before = exhibition.sent.length;
  await page.locator('#code').fill('13');
  await arrives('024680');
  assert.equal(await page.locator('#code').inputValue(), '13');
  // A form is marked in the moment in which it is sent.
  assert.equal(await page.locator('form.sending').count(), 0);
  await page.locator('#code').fill('135790');
  await page.getByRole('button', { name: '検証' }).click();
  await page.waitForURL('**/x');
  assert.equal(exhibition.sent.length, before + 1);
  assert.equal(exhibition.sent.at(-1)?.get('code'), '135790');
  await page.context().close();
});

test('whoever sends a code that was typed does not wait for the text any longer', async () => {
  const { page } = await atWithTexts('ja/code');
  await page.locator('#code').fill('135790');
  assert.equal(await kept(page, 'over'), null);
  await page.getByRole('button', { name: '検証' }).click();
  await page.waitForURL('**/x');
  assert.equal(await kept(page, 'over'), 'yes');
  await page.context().close();
});
