import { setTimeout as sleep } from 'node:timers/promises';
import type { PageSeen, Visitor } from './visitor.ts';

/**
 * Waits for what another program, or another part of ours, does in its own time: for as long as a busy machine may
 * need, and not a moment longer than that. Returns what was found. @param told what is said when it never comes
 */
export async function until<T>(
  find: () => T | Promise<T>,
  told: () => string = () => '',
  patience = 30_000,
): Promise<Exclude<T, undefined | false>> {
  for (const end = performance.now() + patience; ; ) {
    const found = await find();
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    if (performance.now() > end) throw new Error(`it never came about. ${told().slice(-3000)}`);
    await sleep(50);
  }
}

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
