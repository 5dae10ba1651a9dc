import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { type House, home } from './house.ts';
import { launchChromium } from './launch.ts';
import { root } from './pages.ts';
import { takePicture } from './picture.ts';
import { press, untilItStays } from './press.ts';
import { shut } from './shut.ts';

export interface BrowserOptions {
  readonly house: Pick<House, 'url' | 'log'>;
  /** where this person is; at home when nothing is said; '' beside the server, without a header that browsers do not send */
  readonly address?: string;
  readonly language?: 'ja' | 'en';
  /** of the window, in CSS pixels */
  readonly width?: number;
  readonly dark?: boolean;
  readonly javaScript?: boolean;
  readonly userAgent?: string;
  /** what the person has allowed this site, as Playwright calls it: `notifications`, `camera` */
  readonly allowed?: readonly string[];
  /** pictures are kept under this name */
  readonly story?: string;
}

/** A person at a window of a real Chromium. */
export interface Person {
  readonly page: Page;
  open(path: string): Promise<void>;
  /** Writes into the field with this label. */
  fill(label: string, text: string): Promise<void>;
  /** Presses the button, link, choice or summary that is called so, and is over when the page is there to which it leads. */
  press(name: string): Promise<void>;
  /** The same, twice, as fast as a hand does it. */
  pressTwice(name: string): Promise<void>;
  /** Chooses the option that is called so, of a list or of a group. */
  choose(label: string, option: string): Promise<void>;
  /** Waits until the page says so. */
  sees(...sentences: (string | RegExp)[]): Promise<void>;
  doesNotSee(sentence: string): Promise<void>;
  /** whether the page has that button, link or choice, now */
  has(name: string): Promise<boolean>;
  picture(name: string): Promise<void>;
  /** Another tab of the same browser. */
  newTab(): Promise<Person>;
  /** Closes the window and opens it again: only lasting cookies remain. */
  closeAndReturn(): Promise<void>;
  /** What went wrong in the page and nobody asked for. */
  readonly complaints: readonly string[];
  /** Closes the window; complaints of the page fail the story. */
  leave(): Promise<void>;
}

export interface Chromium {
  openBrowser(options: BrowserOptions): Promise<Person>;
  close(): Promise<void>;
}

const patience = 60_000;
const pictures = join(root, 'artefacts', 'journeys');

/**
 * @param camera a film (Y4M) that its camera shows, read whenever the camera is opened
 * @param windows for pages that notify
 */
export async function openChromium({
  camera,
  windows = false,
}: {
  readonly camera?: string;
  readonly windows?: boolean;
} = {}): Promise<Chromium> {
  const film = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`];
  const browser = await launchChromium({ windows, more: camera ? film : [] });
  return {
    async openBrowser(options) {
      const {
        house,
        address = home,
        language = 'ja',
        width = 1280,
        dark = false,
        javaScript = true,
        userAgent,
        allowed,
      } = options;
      const open = (cookies: Awaited<ReturnType<BrowserContext['cookies']>>) =>
        browser
          .newContext({
            viewport: { width, height: width < 500 ? 640 : 800 },
            colorScheme: dark ? 'dark' : 'light',
            locale: language,
            timezoneId: 'Asia/Tokyo',
            javaScriptEnabled: javaScript,
            hasTouch: width < 500,
            baseURL: house.url,
            ...(address ? { extraHTTPHeaders: { 'X-Forwarded-For': address } } : {}),
            ...(userAgent ? { userAgent } : {}),
            ...(allowed ? { permissions: [...allowed] } : {}),
          })
          .then(async context => {
            context.setDefaultTimeout(patience);
            if (cookies.length > 0) await context.addCookies(cookies);
            return context;
          });
      const folder = join(pictures, options.story ?? 'unnamed');
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      let count = 0;
      const nextPicture = (name: string): string =>
        join(folder, `${String(++count).padStart(2, '0')}-${name}.png`);
      return personIn(await open([]), open, nextPicture, house.log);
    },
    close: () => browser.close(),
  };
}

async function personIn(
  first: BrowserContext,
  open: (cookies: Awaited<ReturnType<BrowserContext['cookies']>>) => Promise<BrowserContext>,
  nextPicture: (name: string) => string,
  log: readonly string[],
): Promise<Person> {
  let context = first;
  const complaints: string[] = [];
  const watch = (page: Page): Page => {
    page.on('pageerror', error => complaints.push(String(error)));
    page.on('console', message => {
      // The browser reports every page with a 4xx or 5xx; whether that is right, the stories say.
      const isPage = message.location().url === page.url();
      const isStatus = /^Failed to load resource: the server responded with a status/.test(message.text());
      if (message.type() === 'error' && !(isStatus && isPage))
        complaints.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  };

  // biome-ignore lint/performance/useDomNodeTextContent: what a person sees is meant, not what is in the tree
  const shownOn = (page: Page): Promise<string> => page.locator('body').innerText();

  const make = (firstPage: Page, isFirst: boolean): Person => {
    let page = firstPage;
    const called = (name: string) => {
      const whole = new RegExp(`^\\s*${escaped(name)}\\s*$`);
      const start = new RegExp(`^\\s*${escaped(name)}(\\s|$)`);
      return page
        .locator('button:visible, a:visible, summary:visible')
        .filter({ hasText: whole })
        .or(
          page.locator('.choice:visible').filter({ has: page.locator('.choice-title', { hasText: start }) }),
        )
        .or(page.locator(`summary[aria-label^="${name}"]:visible`))
        .first();
    };
    const self: Person = {
      get page() {
        return page;
      },
      complaints,
      async open(path) {
        await page.goto(path);
        await untilItStays(page);
      },
      async fill(label, text) {
        await page.getByLabel(label, { exact: true }).fill(text);
      },
      async press(name) {
        await press(page, called(name));
      },
      async pressTwice(name) {
        await press(page, called(name), target => target.dblclick());
      },
      async choose(label, option) {
        const list = page.locator('select').and(page.getByLabel(label, { exact: true }));
        if ((await list.count()) > 0) await list.selectOption({ label: option });
        else await page.getByRole('group', { name: label }).getByLabel(option).first().check();
      },
      async sees(...sentences) {
        for (const sentence of sentences) {
          try {
            await page.getByText(sentence).filter({ visible: true }).first().waitFor();
          } catch (cause) {
            const shown = await shownOn(page);
            const errors = log.filter(line => line.includes('"level":50')).slice(-2);
            throw new Error([`${page.url()} does not say “${sentence}”, but:`, shown, ...errors].join('\n'), {
              cause,
            });
          }
        }
      },
      async doesNotSee(sentence) {
        const shown = await shownOn(page);
        assert.ok(!shown.includes(sentence), `${page.url()} says “${sentence}”:\n${shown}`);
      },
      has: async name => (await called(name).count()) > 0,
      async picture(name) {
        await takePicture(page, nextPicture(name));
      },
      newTab: async () => make(watch(await context.newPage()), false),
      async closeAndReturn() {
        const kept = (await context.cookies()).filter(cookie => cookie.expires > 0);
        await shut(context);
        context = await open(kept);
        page = watch(await context.newPage());
      },
      async leave() {
        if (!isFirst) return page.close();
        await shut(context);
        assert.deepEqual(complaints, []);
      },
    };
    return self;
  };
  return make(watch(await context.newPage()), true);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
