import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from './chromium.ts';
import { sideways, smallTargets, violations } from './page-checks.ts';
import { root } from './pages.ts';
import { takePicture } from './picture.ts';

const pictures = join(root, 'artefacts', 'pages');
/**
 * Every width, and the colours in both lights wherever they differ: a wide page is a sheet of paper on a desk, a
 * narrow one is paper to its edges. What of a page has a name and a place does not depend on the light.
 */
const views = [
  { width: 1280, colorScheme: 'light', judged: 'everything', isKept: true },
  { width: 1280, colorScheme: 'dark', judged: 'colours', isKept: false },
  { width: 390, colorScheme: 'light', judged: 'everything', isKept: false },
  { width: 320, colorScheme: 'dark', judged: 'everything', isKept: true },
] as const;
/** Bytes on the wire: the page, its sheet and its scripts, with the headers of their answers. */
const heaviest = 15_000;

export interface Inspector {
  /**
   * Looks at the page that is open, in every width and in both lights. What cannot be asked for a second time is weighed as
   * it stands.
   */
  look(name: string, options?: { weighed?: boolean | 'as it stands' }): Promise<void>;
  /** what was looked at, and what each page weighs, in bytes */
  readonly weights: ReadonlyMap<string, number>;
}

/** Whoever looks at every page: axe, the width, the targets, the weight; and keeps a picture of each. */
export function inspector(person: Person, language: string): Inspector {
  const weights = new Map<string, number>();
  mkdirSync(pictures, { recursive: true });
  return {
    weights,
    async look(name, { weighed = true } = {}) {
      const { page } = person;
      const found: string[] = [];
      const size = weighed === true ? await weightOf(person) : weighed ? await weightAsShown(person) : 0;
      weights.set(name, size);
      const said = (await page.locator('body').textContent()) ?? '';
      found.push(...(/.{0,20}(?:\bnull|undefined|\bNaN|\[object).{0,20}/.exec(said) ?? []));
      if (size > heaviest) found.push(`${size} bytes`);
      for (const { width, colorScheme, judged, isKept } of views) {
        const seen = `${width} px wide, ${colorScheme}`;
        await page.setViewportSize({ width, height: width === 1280 ? 800 : 640 });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await settled(person);
        found.push(...(await sideways(page)).map(each => `${seen}, sideways: ${each}`));
        found.push(...(await smallTargets(page)).map(each => `${seen}, small: ${each}`));
        found.push(...(await violations(page, judged)).map(each => `${seen}: ${each}`));
        if (isKept)
          await takePicture(page, join(pictures, `${name}-${language}-${width}-${colorScheme}.png`));
      }
      await page.setViewportSize({ width: 1280, height: 800 });
      assert.deepEqual(found, [], `${name} in ${language}`);
    },
  };
}

/** What fades to another colour is judged by the colour that it fades to. */
async function settled({ page }: Person): Promise<void> {
  await page.evaluate(() => {
    for (const moving of document.getAnimations()) if (moving instanceof CSSTransition) moving.finish();
  });
}

/** What came for this page, and what it took from the cache. */
function weightAsShown({ page }: Person): Promise<number> {
  const headers = 300;
  return page.evaluate(headers => {
    const came = [
      ...performance.getEntriesByType('navigation'),
      ...performance.getEntriesByType('resource'),
    ] as PerformanceResourceTiming[];
    return came.reduce((sum, { encodedBodySize }) => sum + encodedBodySize + headers, 0);
  }, headers);
}

/** Loads the page again with an empty cache, and counts what comes. */
async function weightOf({ page }: Person): Promise<number> {
  const wire = await page.context().newCDPSession(page);
  let bytes = 0;
  wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await wire.send('Network.enable');
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.reload();
  await wire.send('Network.disable');
  // Not detached: that would take a virtual authenticator of the page away with it.
  return bytes;
}
