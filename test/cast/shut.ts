import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';

/** Far longer than a busy machine needs. */
const patience = 20_000;

/**
 * Closes a window with all its tabs. Chromium now and then never says that it did, where a worker of the page was about
 * to go: then it stays until the browser is closed, and nobody waits for it.
 */
export async function shut(context: BrowserContext): Promise<void> {
  await Promise.race([context.close(), pause(patience, undefined, { ref: false })]);
}
