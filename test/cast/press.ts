import type { Locator, Page } from 'playwright-core';
import { until } from '../../src/kit/testing.ts';

/** What a document keeps of a press that leads to another page. */
interface Pressing {
  isPressed?: true;
  pressing?: Event;
}

/**
 * Presses, and is over when the page is there to which that leads. A click alone is over earlier: Chromium sends a
 * form in a task of its own, and a page that moves on by itself stands for a moment.
 */
export async function press(
  page: Page,
  target: Locator,
  hand: (target: Locator) => Promise<void> = it => it.click(),
): Promise<void> {
  await target.evaluate(keepPress);
  await hand(target);
  const isLeft = async () => (await lookInto(page, isLeftOrTakenOver)) === true;
  await until(isLeft, () => `${page.url()} still stands, although it was pressed`);
  await untilItStays(page);
}

/** Waits for the page to which one leads that moves on by itself. */
export async function untilItStays(page: Page): Promise<void> {
  const stays = async () => (await lookInto(page, addressIfItStays)) === page.url();
  await until(stays, () => `${page.url()} moves on, and nothing comes`);
}

/** Keeps the event with which a link or a button leads to another page; whether a script takes it over, it says later. */
function keepPress(pressed: Element): void {
  const link = pressed.closest('a');
  const button = pressed.closest('button');
  const { form } = button ?? {};
  const isSent = button?.type === 'submit' && form && (form.noValidate || form.checkValidity());
  const isFollowed =
    link?.href && !link.target && !link.download && !link.getAttribute('href')?.startsWith('#');
  if (!isSent && !isFollowed) return;
  Object.assign(window, { isPressed: true });
  window.addEventListener(isSent ? 'submit' : 'click', pressing => Object.assign(window, { pressing }), {
    capture: true,
    once: true,
  });
}

function isLeftOrTakenOver(): boolean {
  const { isPressed, pressing } = window as Pressing;
  return !isPressed || pressing?.defaultPrevented === true;
}

function addressIfItStays(): string | undefined {
  const movesOn = document.querySelector('meta[http-equiv="refresh"][content^="0;"]') !== null;
  return document.readyState === 'complete' && !movesOn ? location.href : undefined;
}

/** Asks the document that stands now; undefined when it went while it was asked. */
async function lookInto<Answer>(page: Page, question: () => Answer): Promise<Answer | undefined> {
  try {
    return await page.evaluate(question);
  } catch (error) {
    if (String(error).includes('because of a navigation')) return undefined;
    throw error;
  }
}
