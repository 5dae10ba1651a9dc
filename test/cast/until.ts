import { until } from '../../src/kit/testing.ts';
import type { PageSeen, Visitor } from './visitor.ts';

export { until };

/**
 * Looks at the page again, as a browser without script does that waits, until it is so. What is done at a telephone,
 * or told by a provider, is on the page a moment after it was done.
 */
export async function untilPage(visitor: Visitor, isSo: (page: PageSeen) => boolean): Promise<void> {
  await until(
    async () => isSo(await visitor.open(visitor.page.url)),
    () => `${visitor.page.url} says: ${visitor.page.text}`,
  );
}

/** The page that is left by itself at the end of a sign-in. */
export const movesOn = ({ html }: PageSeen): boolean => html.includes('http-equiv="refresh" content="0;');
