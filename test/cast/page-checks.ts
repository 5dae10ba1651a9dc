import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const colours = { type: 'rule' as const, values: ['color-contrast', 'link-in-text-block'] };

/** What WCAG 2.2 AA forbids on this page, as a machine can see it. @param of what; colours alone take half the time */
export async function violations(page: Page, of: 'everything' | 'colours' = 'everything'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const runOnly = of === 'everything' ? everything : colours;
  return page.evaluate(async runOnly => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const found = await axe.run(document, { resultTypes: ['violations'], runOnly });
    return found.violations.flatMap(one =>
      one.nodes.map(node => `${one.id}: ${node.html} ${node.failureSummary}`),
    );
  }, runOnly);
}

/** Elements that reach out of the window. */
export function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    return [...document.body.querySelectorAll('*')]
      .filter(element => element.getBoundingClientRect().right > wide + 0.5)
      .map(element => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 30)}`);
  });
}

/** Targets of less than 24 px each way (WCAG 2.5.8), links within a sentence excepted. */
export function smallTargets(page: Page): Promise<string[]> {
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
