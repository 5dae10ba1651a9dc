import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellPerson } from '../../src/registration/index.ts';
import { addDevice } from '../cast/device.ts';
import { until } from '../cast/until.ts';
import { type Resident, scene, signInByText } from './scene.ts';

/** Nobody's security info is changed without their hearing of it, by whatever road. */
const at = scene();

const lettersTo = ({ loginName }: Resident): string[] =>
  at.house
    .letters()
    .filter(letter => letter.includes(loginName))
    .map(letter => Buffer.from(letter.split('\r\n\r\n')[1] ?? '', 'base64').toString());

/** One mail that says so, once it came. */
async function isTold(who: Resident, saying: string): Promise<void> {
  const said = () => lettersTo(who).filter(letter => letter.includes(saying));
  await until(
    () => said().length > 0,
    () => `${saying}: ${lettersTo(who)}`,
  );
  assert.equal(said().length, 1);
}

test('another name, from the account or from the app, and another default are told', async () => {
  const who = await at.resident('ToldNames');
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  await visitor.open('/account/security-info/add');
  const device = await addDevice(at.house, visitor);
  const { detail } = await at.house.foundation.storage.db
    .selectFrom('authenticator_devices')
    .select('name as detail')
    .where('id', '=', device.id)
    .executeTakeFirstOrThrow();
  await visitor.open(`/account/security-info/rename?method=authenticator&credential=${device.id}`);
  await visitor.send('/rename', { name: '盗んだ電話' });
  await isTold(who, `名前が変更されました：${detail} → 盗んだ電話`);
  const { status } = await device.ask('rename', { name: '黒い電話' });
  assert.equal(status, 200);
  await isTold(who, '名前が変更されました：盗んだ電話 → 黒い電話');
  await visitor.open('/account/security-info');
  await visitor.send('/default', { credential: device.id });
  await isTold(who, '既定のサインイン方法が変更されました：黒い電話');
});

test('whose ways were all deleted by the office is told, and only if there were any', async () => {
  const who = await at.resident('ToldRemoved');
  const { directory, storage, clock } = at.house.foundation;
  const remove = () =>
    directory.office.removeMethods(who.id, { is: 'office', name: 'counter' }, tx =>
      tellPerson(tx, { sealer: storage.sealer, now: clock.now() }, { user: who.id, what: 'all-removed' }),
    );
  assert.equal(await remove(), 1);
  await isTold(who, '事務局がパスワード以外のサインイン方法をすべて削除しました');
  const waiting = () =>
    storage.db.selectFrom('outbox').select('id').where('kind', '=', 'security-info-notice').execute();
  // The letter lies there a moment before its errand is crossed off.
  await until(async () => (await waiting()).length === 0);
  assert.equal(await remove(), 0);
  await until(async () => (await waiting()).length === 0);
  assert.equal(lettersTo(who).length, 1);
});
