// Draws the icons anew from their drawings, in Chromium: `node web/authenticator/icons/draw.mjs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;
const pictures = [
  ['icon.svg', 'icon-192.png', 192],
  ['icon.svg', 'icon-512.png', 512],
  ['maskable.svg', 'icon-180.png', 180],
  ['maskable.svg', 'icon-maskable-192.png', 192],
  ['maskable.svg', 'icon-maskable-512.png', 512],
  ['badge.svg', 'badge-96.png', 96],
];

const browser = await chromium.launch({
  executablePath: process.env.GENKAN_TEST_CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
for (const [drawing, name, size] of pictures) {
  await page.setViewportSize({ width: size, height: size });
  const svg = readFileSync(join(here, drawing), 'utf8').replace(
    '<svg ',
    `<svg width="${size}" height="${size}" `,
  );
  await page.setContent(`<style>html,body{margin:0}svg{display:block}</style>${svg}`);
  writeFileSync(join(here, name), await page.screenshot({ omitBackground: true }));
}
await browser.close();
