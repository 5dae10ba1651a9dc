import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { languages } from '../../src/words/index.ts';
import { launchChromium } from '../cast/launch.ts';
import { sideways, smallTargets, violations } from '../cast/page-checks.ts';
import { takePicture } from '../cast/picture.ts';
import { type Exhibition, openExhibition } from './exhibition.tsx';
import { scenes } from './scenes.tsx';

const pictures = join(import.meta.dirname, '..', '..', 'artefacts', 'gallery');

let browser: Browser;
let exhibition: Exhibition;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  exhibition = await openExhibition();
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await exhibition?.close();
});

const views = [
  { name: '320-light', width: 320, colorScheme: 'light', languages },
  { name: '390-light', width: 390, colorScheme: 'light', languages },
  { name: '1280-light', width: 1280, colorScheme: 'light', languages },
  // Colours do not depend on the language.
  { name: '320-dark', width: 320, colorScheme: 'dark', languages: ['ja'] },
  { name: '1280-dark', width: 1280, colorScheme: 'dark', languages: ['en'] },
] as const;

for (const view of views) {
  test(`every page is readable, reachable and in place at ${view.name}`, async t => {
    for (const language of view.languages) {
      // axe is injected by the test, past the policy that our pages keep.
      const context = await browser.newContext({
        viewport: { width: view.width, height: view.width < 500 ? 640 : 800 },
        colorScheme: view.colorScheme,
        locale: language,
        bypassCSP: true,
      });
      const page = await context.newPage();
      for (const scene of Object.keys(scenes)) {
        await t.test(`${language} ${scene}`, async () => {
          await page.goto(`${exhibition.url}/${language}/${scene}`);
          await takePicture(page, join(pictures, `${scene}-${language}-${view.name}.png`));
          assert.deepEqual(await sideways(page), []);
          assert.deepEqual(await smallTargets(page), []);
          assert.deepEqual(await violations(page), []);
        });
      }
      await context.close();
    }
  });
}

test('text at 200 % does not scroll sideways on a narrow screen', async () => {
  const page = await browser.newPage({ viewport: { width: 640, height: 800 } });
  for (const scene of Object.keys(scenes)) {
    await page.goto(`${exhibition.url}/ja/${scene}`);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    assert.deepEqual(await sideways(page), [], scene);
  }
  await page.close();
});

test('the strict policy blocks nothing on any page', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(String(error)));
  for (const scene of Object.keys(scenes)) await page.goto(`${exhibition.url}/ja/${scene}`);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('every page is at most 15 kB on the wire, with its scripts and styles', () => {
  for (const language of languages) {
    for (const scene of Object.keys(scenes)) {
      const bytes = exhibition.weigh(scene, language);
      assert.ok(bytes <= 15_000, `${language} ${scene}: ${bytes} bytes`);
    }
  }
});
