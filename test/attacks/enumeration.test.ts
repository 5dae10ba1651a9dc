import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes, seconds } from '../../src/kit/clock.ts';
import type { PageSeen, Visitor } from '../cast/visitor.ts';
import { assertSignedIn, enter, name, scene, signInByText } from './scene.ts';

const at = scene();
const office = { is: 'office', name: 'test' } as const;

/** A page without what differs from one time to the next: tokens, ids, and the name that was typed itself. */
const bare = (page: PageSeen, typed: string): string =>
  page.html
    .replaceAll(typed, 'NAME')
    .replace(/name="csrf" value="[^"]*"/g, 'name="csrf"')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replace(/<code>[0-9A-Z]{4}-[0-9A-Z]{4}<\/code>/g, 'NUMBER');

const headersOf = ({ headers }: PageSeen): string[] =>
  [...headers]
    .filter(([header]) => !['date', 'content-length'].includes(header))
    .map(([header, value]) => `${header}: ${value.replace(/genkan-browser=[\w-]+/, '')}`);

/** People of every kind, and nobody; all names of one length, so that also the pages are. */
async function kinds(tag: string): Promise<Record<string, string>> {
  const there = await at.resident(`ordinary-${tag}`);
  const phoneless = await at.resident(`nophones-${tag}`, { phoneless: true });
  const disabled = await at.resident(`disabled-${tag}`);
  await at.house.foundation.directory.office.disable(disabled.id, office);
  const temporary = await at.resident(`given-ou-${tag}`, { mustChange: true, mustRegister: true });
  return {
    nobody: `nobodyes-${tag}@keyaki.example`,
    there: there.loginName,
    phoneless: phoneless.loginName,
    disabled: disabled.loginName,
    temporary: temporary.loginName,
  };
}

test('whoever does not know the password sees the same pages for everybody and nobody: byte for byte, header for header', async () => {
  const seen = new Map<string, string[]>();
  at.house.clock.stand();
  for (const [kind, loginName] of Object.entries(await kinds('content'))) {
    const visitor = at.house.visitor();
    const pages: PageSeen[] = [await name(visitor, loginName)];
    for (let guess = 0; guess < 3; guess++)
      pages.push(await visitor.send('/password', { password: `guess ${guess}` }));
    pages.push(await visitor.open(visitor.page.url));
    seen.set(
      kind,
      pages.flatMap(page => [String(page.status), bare(page, loginName), ...headersOf(page)]),
    );
  }
  at.house.clock.goOn();
  for (const [kind, pages] of seen) assert.deepEqual(pages, seen.get('nobody'), kind);
});

test('a lock looks and lasts the same for somebody and nobody', async () => {
  const seen = new Map<string, string[]>();
  at.house.clock.stand();
  for (const [kind, loginName] of Object.entries(await kinds('locked'))) {
    const visitor = at.house.visitor();
    await name(visitor, loginName);
    const pages: string[] = [];
    for (let guess = 0; guess < 12; guess++) {
      const page = await visitor.send('/password', { password: `guess ${guess}` });
      pages.push(bare(page, loginName).replace(/\d+(秒|分)/g, (_, unit: string) => `N${unit}`));
      at.house.clock.pass(guess < 9 ? seconds(31) : seconds(1));
    }
    seen.set(kind, pages);
    at.house.clock.pass(minutes(2));
  }
  at.house.clock.goOn();
  for (const [kind, pages] of seen) assert.deepEqual(pages, seen.get('nobody'), kind);
});

test('nothing is sent for a wrong password, and nobody’s phone rings for a name alone', async () => {
  const person = await at.resident('Undisturbed');
  for (let i = 0; i < 3; i++) {
    const visitor = at.house.visitor();
    await enter(visitor, person, undefined, `guess ${i}`);
    const path = new URL(visitor.page.url).pathname;
    const csrf = visitor.page.forms[0]?.fields.csrf ?? '';
    for (const way of ['mobile text', 'mobile call'])
      await visitor.request(`${path}/ask`, { method: 'POST', body: new URLSearchParams({ csrf, way }) });
  }
  assert.ok(await person.phone.isQuiet());
  assert.equal(await at.count('deliveries', `user_id = '${person.id}'`), 0);

  at.house.clock.pass(seconds(31));
  const owner = at.house.visitor();
  await signInByText(owner, person);
  await assertSignedIn(owner);
});

test('a sign-in of somebody else and one that never was are told apart by nobody', async () => {
  const person = await at.resident('Elsewhere');
  const owner = at.house.visitor();
  await name(owner, person.loginName);
  const theirs = new URL(owner.page.url).pathname;
  const stranger = at.house.visitor();
  await stranger.open('/account');
  const answers = [];
  for (const path of [
    theirs,
    `${theirs.slice(0, -4)}0000`,
    `${theirs}/wait`,
    `${theirs.slice(0, -4)}0000/wait`,
  ]) {
    const response = await stranger.request(path);
    answers.push(
      `${response.status} ${(await response.text()).replace(/value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|<code>[0-9A-Z-]{9}<\/code>/g, '')}`,
    );
  }
  assert.equal(answers[0], answers[1]);
  assert.equal(answers[2], answers[3]);
  await owner.send('/password', { password: 'sakura saku michi' });
  assert.ok(owner.page.forms.some(({ action }) => action.endsWith('/ask')));
});

/** How likely it is that two lots of times differ this much by chance: Mann and Whitney's U, as a z. */
function whitney(a: readonly number[], b: readonly number[]): number {
  const ranked = [...a.map(value => ({ value, a: true })), ...b.map(value => ({ value, a: false }))].toSorted(
    (x, y) => x.value - y.value,
  );
  const sum = ranked.reduce((total, one, i) => total + (one.a ? i + 1 : 0), 0);
  const u = sum - (a.length * (a.length + 1)) / 2;
  const mean = (a.length * b.length) / 2;
  const deviation = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  return (u - mean) / deviation;
}

const median = (times: readonly number[]): number => times.toSorted((x, y) => x - y)[times.length >> 1] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

test('time tells nobody who is somebody: neither after the name nor after the password', async () => {
  const rounds = 30;
  const people = { there: [] as string[], disabled: [] as string[], nobody: [] as string[] };
  const tried: Visitor[] = [];
  for (let i = 0; i < rounds; i++) {
    const there = await at.house.given.user(
      `timed${i}`,
      i % 2 === 0 ? { phone: `+8170${20_000_000 + i * 10_000}` } : {},
    );
    const disabled = await at.house.given.user(`timer${i}`);
    await at.house.foundation.directory.office.disable(disabled.id, office);
    people.there.push(there.loginName);
    people.disabled.push(disabled.loginName);
    people.nobody.push(`timen${i}@keyaki.example`);
  }
  const times = {
    identify: { there: [] as number[], disabled: [] as number[], nobody: [] as number[] },
    password: { there: [] as number[], disabled: [] as number[], nobody: [] as number[] },
  };
  const kindsInTurn = ['there', 'nobody', 'disabled'] as const;
  // Interleaved, in a changing order: whatever else the machine does, it does to all of them.
  for (let i = 0; i < rounds; i++)
    for (let k = 0; k < 3; k++) {
      const kind = kindsInTurn[(i + k) % 3] ?? 'there';
      const visitor = at.house.visitor();
      tried.push(visitor);
      await visitor.open('/account');
      const path = new URL(visitor.page.url).pathname;
      const csrf = visitor.page.forms[0]?.fields.csrf ?? '';
      const send = async (act: string, fields: Record<string, string>) =>
        (
          await visitor.request(`${path}/${act}`, {
            method: 'POST',
            body: new URLSearchParams({ csrf, ...fields }),
          })
        ).arrayBuffer();
      times.identify[kind].push(await timed(() => send('identify', { account: people[kind][i] ?? '' })));
      times.password[kind].push(await timed(() => send('password', { password: 'a guess that is wrong' })));
    }
  for (const [step, of] of Object.entries(times))
    for (const kind of ['there', 'disabled'] as const) {
      const apart = median(of[kind]) - median(of.nobody);
      const z = whitney(of[kind], of.nobody);
      // A hash takes 25 ms and more here; what skipped it would be apart by that, in nearly every pair. A machine that
      // takes its time over everything makes each difference so many times larger, and the whole with it.
      const told = Math.abs(z) > 4 && Math.abs(apart) > Math.max(5, median(of.nobody) / 4);
      assert.ok(!told, `${step}: ${kind} is ${apart.toFixed(1)} ms from nobody (z = ${z.toFixed(1)})`);
    }
});
