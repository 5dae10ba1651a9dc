// What the office does at the counter.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { PhoneNumber } from '../gateways/index.ts';
import { addPhone } from '../methods/phone/index.ts';
import { testCommandLine } from './testing.ts';

let office: Awaited<ReturnType<typeof testCommandLine>>;
before(async () => {
  office = await testCommandLine();
});
after(() => office.close());

test('whose methods the office removes is told of it, when there were any', async () => {
  const made = await office.genkan('users', 'create', 'told', '--name', 'Told', '--json');
  const waiting = async (): Promise<number> => {
    const messages = office.storage.db.selectFrom('outbox').select('id');
    return (await messages.where('kind', '=', 'security-info-notice').execute()).length;
  };
  await office.genkan('users', 'remove-methods', 'told');
  assert.equal(await waiting(), 0);
  await office.storage.tx(tx =>
    addPhone(tx, office.storage.sealer, {
      user: made.json.user.id,
      kind: 'mobile',
      number: '+819012345678' as PhoneNumber,
      way: 'text',
      createdAt: office.clock.now(),
    }),
  );
  assert.equal((await office.genkan('users', 'remove-methods', 'told')).status, 0);
  assert.equal(await waiting(), 1);
});
