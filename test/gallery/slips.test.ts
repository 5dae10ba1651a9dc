// The slips of the office, as a printer would get them.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { hours } from '../../src/kit/clock.ts';
import { type Slip, slipsPage } from '../../src/methods/temporary-access-pass/index.ts';
import { launchChromium } from '../cast/launch.ts';
import { root } from '../cast/pages.ts';
import { takePicture } from '../cast/picture.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan-slips-'));
const pictures = join(root, 'artefacts', 'gallery', 'slips');
let browser: Browser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const startsAt = Date.UTC(2027, 3, 1, 1, 0);
const slip = (displayName: string, loginName: string, pass: string, language: 'ja' | 'en' = 'ja'): Slip => ({
  made: { made: true, pass, uses: 'one', startsAt, endsAt: startsAt + hours(1) },
  displayName,
  loginName,
  language,
});
const long = 'Maximiliana Theodora Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh';
const slips: readonly Slip[] = [
  slip('中村 花子', 's260001@keyaki.example', '7WK39QTBX2MN'),
  slip(
    long,
    `${long.toLowerCase().replaceAll(' ', '.')}@students.keyaki-university.example`,
    '7WK39QTBX2MN',
    'en',
  ),
  slip('勘解由小路 寿限無寿限無五劫の擦り切れ海砂利水魚の', 's260003', '7WK3'.repeat(12)),
];

/** How many sheets a printed file has: the number at the root of its tree of pages (PDF 1.7 §7.7.3). */
const sheetsOf = (pdf: Buffer): number =>
  Math.max(...[...pdf.toString('latin1').matchAll(/\/Count (\d+)/g)].map(([, n]) => Number(n)));

test('slips go two on a sheet of A4 and one on each of A6, whole, with nothing from anywhere else', async () => {
  const file = join(folder, 'slips.html');
  const print = {
    organisation: { ja: 'けやき大学', en: 'Keyaki University' },
    timeZone: 'Asia/Tokyo',
    address: 'https://login.keyaki.example/',
  };
  writeFileSync(file, slipsPage(slips, print));
  const page = await browser.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', request => asked.push(request.url()));
  page.on('console', message => complaints.push(message.text()));
  await page.goto(pathToFileURL(file).href);
  const sheets = async (format: 'A4' | 'A6'): Promise<number> =>
    sheetsOf(await page.pdf({ format, path: join(pictures, `${format}.pdf`) }));
  assert.equal(await sheets('A4'), 2);
  assert.equal(await sheets('A6'), 3);
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await takePicture(page, join(pictures, `${width}.png`));
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.equal(sideways, false, `${width} px`);
  }
  const weight = await page.evaluate(
    () => getComputedStyle(document.querySelector('.pass') as Element).fontWeight,
  );
  assert.equal(weight, '700', 'the sheet is read to its end');
  assert.equal(asked.length, 1, asked.join());
  assert.deepEqual(complaints, []);
});
