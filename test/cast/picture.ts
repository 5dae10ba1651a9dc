import type { Page } from 'playwright-core';

/** What Chromium says while it changes what it draws: nothing is wrong with the page. */
const notNow = 'Unable to capture screenshot';
const looks = 5;

/** Keeps a picture of the whole page for people to look at. Tests judge the page and never the picture. */
export async function takePicture(page: Page, path: string): Promise<void> {
  for (let look = 1; ; look++)
    try {
      await page.screenshot({ path, fullPage: true });
      return;
    } catch (error) {
      if (look === looks || !(error instanceof Error && error.message.includes(notNow))) throw error;
      await page.waitForTimeout(200);
    }
}
