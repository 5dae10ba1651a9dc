import { type Browser, chromium } from 'playwright-core';

/** The system's Chromium, without its calls home. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.GENKAN_TEST_CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
