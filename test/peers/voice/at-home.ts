import assert from 'node:assert/strict';
import { password } from '../../cast/given.ts';
import { until } from '../../cast/until.ts';
import type { Visitor } from '../../cast/visitor.ts';
import type { WiredHouse } from '../../cast/wired-house.ts';

/** People at home who sign in by a call to their phones, each with a page that waits. */
export interface AtHome {
  /** So many, known by their passwords, before the choice of ways. */
  people(count: number): Promise<Visitor[]>;
  someone(): Promise<Visitor>;
  /** Of this name, known by the password, in a browser that nobody used. */
  known(loginName: string): Promise<Visitor>;
  asks(visitor: Visitor): Promise<unknown>;
  isIn(visitor: Visitor): Promise<boolean>;
  /** Looks at the page until it says so. */
  shows(visitor: Visitor, words: RegExp, patience?: number): Promise<unknown>;
  /** The page says so, offers other ways, and lets nobody in. */
  isTold(visitor: Visitor, words: RegExp, patience?: number): Promise<unknown>;
  /** The page learned of `#`, and what follows is theirs. */
  comesIn(visitor: Visitor): Promise<void>;
  /** whether every gateway of the house is up */
  isUp(): Promise<boolean>;
}

export function atHome(house: WiredHouse): AtHome {
  let born = 0;
  const self: AtHome = {
    async someone() {
      const n = ++born;
      const phone = `+8190${20_000_000 + n * 10_000}`;
      const { loginName } = await house.given.user(`Person${n}`, { phone });
      return self.known(loginName);
    },
    async known(loginName) {
      const visitor = house.visitor();
      await visitor.open('/account');
      await visitor.send('/identify', { account: loginName });
      await visitor.send('/password', { password });
      return visitor;
    },
    async people(count) {
      const all: Visitor[] = [];
      while (all.length < count) {
        const next = Array.from({ length: Math.min(5, count - all.length) }, self.someone);
        all.push(...(await Promise.all(next)));
      }
      return all;
    },
    asks: visitor => visitor.send('/ask', { way: 'mobile call' }),
    isIn: async visitor => (await visitor.request('/account')).status === 200,
    shows: (visitor, words, patience) =>
      until(
        async () => words.test((await visitor.open(visitor.page.url)).text),
        () => `${words} is not in: ${visitor.page.text}`,
        patience,
      ),
    async isTold(visitor, words, patience) {
      await self.shows(visitor, words, patience);
      const offered = visitor.page.forms.some(({ action }) => /\/(ask|elsewhere|again)$/.test(action));
      assert.ok(offered, visitor.page.text);
      assert.equal(await self.isIn(visitor), false, 'somebody is in without a second proof');
    },
    async comesIn(visitor) {
      await self.shows(visitor, /Stay signed in\?/);
      await visitor.send('/stay', { stay: 'no' });
      assert.ok(await self.isIn(visitor));
    },
    async isUp() {
      const { gateways } = await (await fetch(`${house.url}/readyz`)).json();
      return gateways.every(({ state }: { state: string }) => state === 'up');
    },
  };
  return self;
}
