// The demo as `npm start` opens it: what the build made, with a database of its own and the sample application.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sampleWords } from '../../sample/words.ts';
import { password, people } from '../../src/demo/cast.ts';
import { type PhoneNumber, readBack } from '../../src/gateways/index.ts';
import { freePort } from '../../src/kit/testing.ts';
import { wordsFor } from '../../src/words/index.ts';
import { until } from '../cast/until.ts';
import { visitor } from '../cast/visitor.ts';
import { type Built, startBuilt } from './built.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan-demo-'));
// So that the user who runs PostgreSQL for root may enter, and the database goes with the folder.
mkdirSync(join(folder, 'demo'));
for (const one of [folder, join(folder, 'demo')]) chmodSync(one, 0o711);
const running: Built[] = [];
after(async () => {
  for (const { child, ended } of running) {
    // Its own way first: it takes its database with it.
    child.kill('SIGTERM');
    const hangs = setTimeout(() => child.kill('SIGKILL'), 60_000);
    await ended;
    clearTimeout(hangs);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

const words = wordsFor('ja');
const server = join(folder, 'demo', 'postgresql', 'server', 'data');

test('the demo opens, ends when it is asked to, and opens again over what it has left', async () => {
  const [port, samplePort] = [await freePort(), await freePort()];
  const [url, sampleUrl] = [`http://localhost:${port}`, `http://localhost:${samplePort}`];
  const open = async (): Promise<Built> => {
    const demo = startBuilt('demo', folder, {
      GENKAN_LISTEN_PORT: String(port),
      GENKAN_SAMPLE_PORT: String(samplePort),
    });
    running.push(demo);
    await demo.says('Stop with Ctrl-C.');
    return demo;
  };
  const close = async (demo: Built): Promise<void> => {
    demo.child.kill('SIGTERM');
    assert.equal(await demo.ended, 0, demo.printed());
    assert.match(demo.printed(), /Stopping\.\n$/);
    for (const address of [url, sampleUrl]) await assert.rejects(fetch(address), TypeError);
    assert.ok(!existsSync(join(server, 'postmaster.pid')), 'the database has ended as well');
  };

  const first = await open();
  assert.match(first.printed(), /Creating the database in /);
  const told = [`${url}/demo`, `${url}/simulator`, `${url}/account`, sampleUrl, password];
  for (const what of [...told, ...people.map(one => one.loginName)])
    assert.ok(first.printed().includes(what), what);
  await shows(words.demo.offCampus);
  const guest = visitor(url);
  await guest.open('/demo');
  await guest.send('/demo/campus', { here: 'yes' });
  assert.ok(guest.page.text.includes(words.demo.onCampus), guest.page.text);
  await close(first);

  const second = await open();
  assert.doesNotMatch(second.printed(), /Creating the database/);
  await shows(words.demo.onCampus);
  await close(second);

  /** Every page that the demo names says what it should, and the application leads to the sign-in. */
  async function shows(where: string): Promise<void> {
    const guest = visitor(url);
    const desk = await guest.open('/demo');
    assert.equal(desk.status, 200);
    for (const what of [words.demo.title, password, where, ...people.map(one => one.displayName)])
      assert.ok(desk.text.includes(what), `${what}: ${desk.text}`);
    for (const to of [sampleUrl, '/simulator', '/authenticator', '/account'])
      assert.ok(desk.html.includes(`href="${to}"`), to);

    const phones = await guest.open('/simulator');
    assert.equal(phones.status, 200);
    assert.ok(phones.text.includes(words.simulator.title), phones.text);
    for (const { phone } of people)
      if (phone) assert.ok(phones.text.includes(readBack(phone.number as PhoneNumber)), phones.text);

    assert.equal((await guest.open('/authenticator')).status, 200);

    // A process of its own: it may come a moment later.
    await until(() =>
      fetch(sampleUrl).then(
        response => response.ok,
        () => false,
      ),
    );
    const application = await visitor(sampleUrl).open('/');
    assert.equal(application.status, 200);
    assert.ok(application.text.includes(sampleWords.ja.welcome), application.text);
    const signIn = await visitor(sampleUrl).open('/sign-in');
    assert.equal(signIn.status, 200, signIn.text);
    assert.ok(signIn.url.startsWith(url), signIn.url);
    assert.ok(
      signIn.forms.some(({ action }) => action.endsWith('/identify')),
      signIn.text,
    );
  }
});
