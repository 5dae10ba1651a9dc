import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untilPage } from '../cast/until.ts';
import { type Resident, scene } from './scene.ts';

const at = scene();

/** As whoever runs the demo sets it: what is the matter with the telephone network. */
async function fault(wanted: string): Promise<void> {
  const operator = at.house.visitor();
  await operator.open('/simulator');
  await operator.request('/simulator/fault', {
    method: 'POST',
    body: new URLSearchParams({ csrf: operator.page.forms[0]?.fields.csrf ?? '', fault: wanted }),
  });
}

async function asksForText(person: Resident) {
  const visitor = at.house.visitor({ language: 'en' });
  await visitor.open('/account');
  await visitor.send('/identify', { account: person.loginName });
  await visitor.send('/password', { password: 'sakura saku michi' });
  await visitor.send('/ask', { way: 'mobile text' });
  return visitor;
}

test('the page says that the text has arrived, also where no script asks, and never reloads under what is typed', async () => {
  const person = await at.resident('Arrived');
  const visitor = await asksForText(person);
  await untilPage(visitor, ({ text }) => text.includes('The text has arrived at the phone'));
  assert.doesNotMatch(visitor.page.html, /http-equiv="refresh"/);
  assert.match(visitor.page.html, /data-ends="delivered undelivered"/);
  const told = await visitor.request(`${new URL(visitor.page.url).pathname}/wait`);
  assert.deepEqual(await told.json(), { state: 'delivered' });
  assert.match(visitor.page.text, /Call me instead/);
});

test('a text that was not delivered says so, and the other ways are there', async () => {
  const person = await at.resident('Undelivered', { app: true });
  await fault('undelivered');
  try {
    const visitor = await asksForText(person);
    await untilPage(visitor, ({ text }) =>
      text.includes('The text could not be delivered. Choose another way below.'),
    );
    assert.match(visitor.page.text, /Call me instead/);
    assert.ok(visitor.page.forms.some(({ action }) => action.endsWith('/elsewhere')));
    assert.notEqual((await visitor.request('/account')).status, 200);
  } finally {
    await fault('none');
  }
});
