import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const whole = process.env.GENKAN_TEST_CHROMIUM || '/usr/bin/chromium';
const headless = join(dirname(whole), 'chromium-headless-shell');

export interface Launching {
  /** With its windows, which only pages notice that notify; without them it has half the work. */
  readonly windows?: boolean;
  /** further switches */
  readonly more?: readonly string[];
}

/** The system's Chromium, without its calls home. */
export const launchChromium = ({ windows = false, more = [] }: Launching = {}): Promise<Browser> =>
  chromium.launch({
    executablePath: !windows && existsSync(headless) ? headless : whole,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
