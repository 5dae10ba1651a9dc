import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { freePort } from '../../src/kit/testing.ts';
import { home } from '../cast/house.ts';
import { root } from '../cast/pages.ts';
import type { Visitor } from '../cast/visitor.ts';

/** What Lighthouse says of one page: between 0 and 1 each, and what it found wrong. */
export interface Judgement {
  readonly performance: number;
  readonly accessibility: number;
  readonly faults: readonly string[];
}

export interface Lighthouse {
  /**
   * Opens the page at which this visitor stands as a phone on a slow network would, and judges it. Nothing: the browser
   * did not come to an end with it, as on a machine that does much else.
   */
  judge(visitor: Visitor): Promise<Judgement | undefined>;
  close(): Promise<void>;
}

interface Report {
  readonly lhr: {
    readonly finalDisplayedUrl: string;
    readonly runtimeError?: { readonly message: string };
    readonly categories: Readonly<
      Record<
        'performance' | 'accessibility',
        { readonly score: number | null; readonly auditRefs: readonly { readonly id: string }[] }
      >
    >;
    readonly audits: Readonly<
      Record<string, { readonly score: number | null; readonly scoreDisplayMode: string }>
    >;
  };
}

type Run = (url: string, flags: object) => Promise<Report | undefined>;

/** The preset for phones, as it is: a processor four times slower, and a network of 150 ms and 1.6 Mbit/s. */
const flags = {
  logLevel: 'silent',
  output: 'json',
  onlyCategories: ['performance', 'accessibility'],
  disableStorageReset: true,
  // A page that waits for a call asks every second, and never falls silent.
  maxWaitForLoad: 8_000,
  // They weigh nothing in either score, and take a second of every page.
  skipAudits: ['full-page-screenshot', 'screenshot-thumbnails', 'final-screenshot', 'bf-cache'],
} as const;

export async function openLighthouse(): Promise<Lighthouse> {
  const place = join(root, '.node', 'lighthouse', 'node_modules', 'lighthouse', 'core', 'index.js');
  const { default: run }: { default: Run } = await import(pathToFileURL(place).href);
  const port = await freePort();
  const browser: Browser = await chromium.launch({
    executablePath: process.env.GENKAN_TEST_CHROMIUM || '/usr/bin/chromium',
    args: [
      `--remote-debugging-port=${port}`,
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    async judge({ page: { url }, cookies }) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const report = await run(url, {
        ...flags,
        port,
        extraHeaders: { Cookie: cookie, 'X-Forwarded-For': home },
      });
      if (!report) throw new Error('Lighthouse said nothing');
      const { categories, audits, runtimeError, finalDisplayedUrl } = report.lhr;
      if (runtimeError || categories.accessibility.score === null) return undefined;
      if (finalDisplayedUrl !== url) throw new Error(`${finalDisplayedUrl} was judged, not ${url}`);
      return {
        performance: categories.performance.score ?? 0,
        accessibility: categories.accessibility.score,
        faults: categories.accessibility.auditRefs
          .map(({ id }) => id)
          .filter(id => audits[id]?.scoreDisplayMode === 'binary' && audits[id].score !== 1),
      };
    },
    close: () => browser.close(),
  };
}
