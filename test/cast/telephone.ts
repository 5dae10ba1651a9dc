import assert from 'node:assert/strict';
import { until } from '../../src/kit/testing.ts';
import type { House, HouseOptions } from './house.ts';

interface Seen {
  readonly messages: readonly { readonly id: string; readonly text: string }[];
  readonly calls: readonly {
    readonly id: string;
    readonly state: string;
    readonly prompt: string;
    readonly extension?: string;
  }[];
}

/** A telephone in somebody's hand. */
export interface Telephone {
  readonly number: string;
  /** The six digits of the next text that was not read yet. */
  code(): Promise<string>;
  /** The next text that was not read yet. */
  text(): Promise<string>;
  /** Waits until it rings, and answers; what the voice says. */
  answer(): Promise<string>;
  press(keys: string): Promise<void>;
  /** What was keyed in from the other side after the answer. */
  extension(): Promise<string>;
  /** Lays everything aside that came until now. */
  forget(): Promise<void>;
  /** Whether nothing came that was not read. */
  isQuiet(): Promise<boolean>;
}

/** The telephones of a story: what Genkan reaches them by, and how they come into a hand. */
export interface Telephones {
  /** in place of the simulator's */
  readonly gateways?: HouseOptions['telephones'];
  /** @param number in E.164 */
  telephone(house: House, number: string): Telephone;
  close(): Promise<void>;
}

/** Those of the simulator, which is in every house. */
export const simulated = async (): Promise<Telephones> => ({ telephone, close: async () => undefined });

/** One of the simulator's, through its JSON window. @param number in E.164 */
export function telephone(house: House, number: string): Telephone {
  const base = `${house.url}/simulator/api/phones/${encodeURIComponent(number)}`;
  const read = new Set<string>();
  let call = '';

  const look = async (): Promise<Seen> => (await (await fetch(base)).json()) as Seen;

  async function act(path: string, body: object = {}): Promise<void> {
    const response = await fetch(`${base}/calls/${call}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, `${path}: ${response.status} ${await response.text()}`);
  }

  async function next<T extends { readonly id: string }>(
    what: string,
    of: (seen: Seen) => readonly T[],
  ): Promise<T> {
    const found = await until(
      async () => of(await look()).find(({ id }) => !read.has(id)),
      () => `${number} got no ${what}`,
    );
    read.add(found.id);
    return found as T;
  }

  const self: Telephone = {
    number,
    async code() {
      const text = await self.text();
      const [code] = /\d{6}/.exec(text) ?? [];
      assert.ok(code, `no code in: ${text}`);
      return code;
    },
    text: async () => (await next('text', seen => seen.messages)).text,
    async answer() {
      const ringing = await next('call', seen => seen.calls.filter(({ state }) => state === 'ringing'));
      call = ringing.id;
      await act('answer');
      return ringing.prompt;
    },
    press: keys => act('keys', { keys }),
    async extension() {
      return (await look()).calls.find(({ id }) => id === call)?.extension ?? '';
    },
    async forget() {
      const { messages, calls } = await look();
      for (const { id } of [...messages, ...calls]) read.add(id);
    },
    async isQuiet() {
      const { messages, calls } = await look();
      return [...messages, ...calls].every(({ id }) => read.has(id));
    },
  };
  return self;
}
