import { setTimeout as pause } from 'node:timers/promises';
import { wordsFor } from '../../src/words/index.ts';
import { password } from '../cast/given.ts';
import { movesOn } from '../cast/until.ts';
import type { PageSeen, Visitor } from '../cast/visitor.ts';
import type { Installation } from './installation.ts';
import type { Person } from './person.ts';

/** As long as somebody tries: more than a busy machine needs to come back, and less than a run waits for a file. */
export const patience = 90_000;

/** A request whose answer never came: nobody knows whether it was done. */
export const isLost = (error: unknown): boolean => error instanceof TypeError;

/** Runs something that may be asked again, until there is an answer. */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + patience; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!isLost(error) || performance.now() > end) throw error;
      await pause(40);
    }
  }
}

/** Opens a page, as often as it takes while servers die and the database is away. */
export async function look(visitor: Visitor, path: string): Promise<void> {
  for (const end = performance.now() + patience; ; ) {
    await insist(() => visitor.open(path));
    if (visitor.page.status !== 503) return;
    if (!visitor.page.headers.get('retry-after'))
      throw new Error('a 503 that does not say when to come back');
    if (performance.now() > end) throw new Error('the service did not come back');
    await pause(100);
  }
}

/** Presses a button once. 'lost': the answer never came, and the page that is left was opened anew. */
export async function press(
  visitor: Visitor,
  button: string,
  fields: Record<string, string> = {},
): Promise<'answered' | 'lost'> {
  const { url } = visitor.page;
  try {
    await visitor.send(button, fields);
    if (visitor.page.status !== 503) return 'answered';
    if (!visitor.page.headers.get('retry-after'))
      throw new Error('a 503 that does not say when to come back');
    await pause(100);
  } catch (error) {
    if (!isLost(error)) throw error;
  }
  await look(visitor, url);
  return 'lost';
}

export const has = (visitor: Visitor, button: string): boolean =>
  visitor.page.forms.some(({ action }) => action.endsWith(button));

/** A page that asks for itself again: something is being sent. */
const waits = (visitor: Visitor): boolean => visitor.page.html.includes('http-equiv="refresh"');

/** Nothing is sent to this person for so long: seconds are waited for, and after minutes one comes back. */
const nothingIsSent = new RegExp(wordsFor('ja').signIn.tooManySends({ wait: '\\d+(秒|分|時間)' }));

/** What was sent could not be used, and nothing more is sent for now: such a person comes back later. */
export class GaveUp extends Error {}

export interface Walk {
  readonly installation: Installation;
  readonly visitor: Visitor;
  readonly who: Person;
  /** where it begins, and begins anew when a server died between the last step and its answer */
  readonly from: string;
  /** told of every answer that was accepted: page by page, what a person may rely on */
  seen?(visitor: Visitor): void;
  /** in place of typing a code: a thief with a copy, a double click */
  answer?(visitor: Visitor, code: string): Promise<'answered' | 'lost'>;
}

/**
 * Goes through a sign-in as a patient person: looks at the page, does what it asks, and looks again
 * when no answer came. Ends where no form of a sign-in is left.
 */
export async function walk({ installation, visitor, who, from, seen, answer }: Walk): Promise<void> {
  const { exchange } = installation;
  /** What was typed and did not help: it let somebody in whose answer was lost, or it was for another question. */
  const inVain = new Set<string>();
  let asked = Date.now();
  await look(visitor, from);
  for (const end = performance.now() + patience; performance.now() < end; ) {
    const { page } = visitor;
    seen?.(visitor);
    if (page.status === 503) await look(visitor, page.url);
    else if (page.status >= 500) throw new Error(`${page.status} at ${page.url}: ${page.text.slice(0, 300)}`);
    else if (page.status === 410 || page.status === 400 || page.status === 404) await look(visitor, from);
    else if (movesOn(page)) {
      const { url } = page;
      await insist(() => visitor.moveOn()).catch(async error => {
        if (!isLost(error)) throw error;
        await look(visitor, url);
      });
    } else if (has(visitor, '/identify')) await press(visitor, '/identify', { account: who.loginName });
    else if (has(visitor, '/password')) await press(visitor, '/password', { password });
    else if (has(visitor, '/ask') && !has(visitor, '/answer')) {
      await mayBeSent(page);
      asked = Date.now();
      await press(visitor, '/ask', { way: who.app ? `${who.app.id} code` : 'mobile text' });
    } else if (has(visitor, '/register')) await press(visitor, '/register');
    else if (has(visitor, '/choose')) {
      // It was added, and the server died before it said so.
      if (!page.html.includes('value="phone mobile"')) return;
      await press(visitor, '/choose', { adding: 'phone mobile' });
    } else if (has(visitor, '/fill')) {
      await mayBeSent(page);
      asked = Date.now();
      await press(visitor, '/fill', { country: 'JP', number: who.phone, way: 'text', seen: who.phone });
    } else if (has(visitor, '/answer')) {
      const code = who.app ? who.app.code() : await exchange.codeFor(who.phone, asked - 20_000, 2_000);
      if (code && !inVain.has(code)) {
        const came = await (answer ?? typed)(visitor, code);
        if (came === 'answered' && has(visitor, '/answer')) inVain.add(code);
      } else if (who.app) await pause(500);
      else {
        await mayBeSent(page);
        await again(visitor);
      }
    } else if (has(visitor, '/stay')) await press(visitor, '/stay', { stay: 'no' });
    else if (has(visitor, '/done')) await press(visitor, '/done');
    else if (waits(visitor)) {
      await pause(500);
      await look(visitor, page.url);
    } else return;
  }
  if (nothingIsSent.test(visitor.page.text)) throw new GaveUp();
  throw new Error(
    `${who.loginName} does not get through: ${visitor.page.url} ${visitor.page.text.slice(0, 300)}`,
  );

  /** Nothing is refused to whoever was sent nothing. */
  async function mayBeSent({ text }: PageSeen): Promise<void> {
    const [refused, unit] = nothingIsSent.exec(text) ?? [];
    if (!refused) return;
    if (!(await installation.wasSentSomething(who))) throw new Error(`${who.loginName} was sent nothing yet`);
    if (unit !== '秒') throw new GaveUp();
    await pause(500);
  }
}

const typed = (visitor: Visitor, code: string) => press(visitor, '/answer', { code });

/** The text was never sent: its server died in between. A person waits a moment and asks for another. */
async function again(visitor: Visitor): Promise<void> {
  await pause(300);
  if (has(visitor, '/again')) await press(visitor, '/again');
  else if (has(visitor, '/elsewhere')) await press(visitor, '/elsewhere');
  else await look(visitor, visitor.page.url);
}
