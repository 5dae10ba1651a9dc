import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { languages } from '../../src/words/index.ts';
import { openChromium } from './chromium.ts';
import { type Exhibition, openExhibition } from './exhibition.tsx';
import { scenes } from './scenes.tsx';

const pictures = join(import.meta.dirname, '..', '..', 'artefacts', 'gallery');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let browser: Browser;
let exhibition: Exhibition;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  exhibition = await openExhibition();
  browser = await openChromium();
});

after(async () => {
  await browser?.close();
  await exhibition?.close();
});

const views = [
  { name: '320-light', width: 320, colorScheme: 'light', languages },
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
        viewport: { width: view.width, height: view.width === 320 ? 640 : 800 },
        colorScheme: view.colorScheme,
        locale: language,
        bypassCSP: true,
      });
      const page = await context.newPage();
      for (const scene of Object.keys(scenes)) {
        await t.test(`${language} ${scene}`, async () => {
          await page.goto(`${exhibition.url}/${language}/${scene}`);
          await page.screenshot({
            path: join(pictures, `${scene}-${language}-${view.name}.png`),
            fullPage: true,
          });
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

/** Elements that reach out of the window. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    return [...document.body.querySelectorAll('*')]
      .filter(element => element.getBoundingClientRect().right > wide + 0.5)
      .map(element => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 30)}`);
  });
}

/** WCAG 2.5.8, without its exceptions: 24 px each way. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, input:not([type=hidden]), select, summary, a.button, a.choice, nav a',
      ),
    ]
      .map(element => ({ element, box: (element.closest('label') ?? element).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
      .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width}×${box.height}`),
  );
}

async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const found = await axe.run(document, {
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found.violations.flatMap(one =>
      one.nodes.map(node => `${one.id}: ${node.html} ${node.failureSummary}`),
    );
  });
}
