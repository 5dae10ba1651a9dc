// A text that takes its time: the page says where it stands by itself, and takes nothing away from whoever types.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openProvider } from '../../src/gateways/http/testing.ts';
import { type Chromium, openChromium } from '../cast/chromium.ts';
import { password } from '../cast/given.ts';
import { openWiredHouse, type WiredHouse } from '../cast/wired-house.ts';

const token = 'a token of the provider';
let provider: Awaited<ReturnType<typeof openProvider>>;
let house: WiredHouse;
let chromium: Chromium;
before(async () => {
  provider = await openProvider((_, response) => response.end('{}'));
  house = await openWiredHouse(() => ({
    text: [
      {
        id: 'provider',
        driver: 'http',
        url: provider.url,
        json: { id: '{{id}}', text: '{{text}}' },
        receipts: { token, id: 'id', state: 'state', states: { ok: 'delivered', no: 'undelivered' } },
      },
    ],
  }));
  await house.given.multiFactorEverywhere();
  chromium = await openChromium();
});
after(async () => {
  await chromium?.close();
  await house?.close();
  await provider?.close();
});

/** The newest text, and how its provider tells what became of it. */
function sent() {
  const { id, text } = JSON.parse(provider.heard.findLast(({ method }) => method === 'POST')?.body ?? '');
  const tell = (state: 'ok' | 'no') =>
    fetch(`${house.url}/gateways/provider/receipt`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ id, state }),
    });
  return { code: /#(\d{6})/.exec(text)?.[1] ?? '', tell };
}

for (const [state, sentence] of [
  ['ok', 'The text has arrived at the phone.'],
  ['no', 'The text could not be delivered. Choose another way below.'],
] as const)
  test(`the page tells by itself: ${sentence}`, async () => {
    const phone = state === 'ok' ? '+819011112222' : '+819033334444';
    const { loginName } = await house.given.user(`Person-${state}`, { phone, language: 'en' });
    const person = await chromium.openBrowser({ house, language: 'en' });
    const { page } = person;
    await person.open('/account');
    await page.locator('input[name=account]').fill(loginName);
    await page.keyboard.press('Enter');
    await page.locator('input[name=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Text / }).click();
    await person.sees('The text is on its way.');
    const field = page.locator('input[name=code]');
    await field.fill('123');
    const { code, tell } = sent();
    await tell(state);
    await person.sees(sentence);
    assert.equal(await field.inputValue(), '123', 'what was typed is still there');
    await field.fill(code);
    await page.keyboard.press('Enter');
    await person.sees(/Stay signed in|Security info|My apps/);
    await person.leave();
  });
