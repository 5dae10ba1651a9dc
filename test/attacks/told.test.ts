import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellPerson } from '../../src/registration/index.ts';
import { addDevice } from '../cast/device.ts';
import { until } from '../cast/until.ts';
import { isTold, lettersTo } from './letters.ts';
import { scene, signInByText } from './scene.ts';

/** Nobody's security info is changed without their hearing of it, by whatever road. */
const at = scene();

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
  await isTold(at.house, who, `名前が変更されました：${detail} → 盗んだ電話`);
  const { status } = await device.ask('rename', { name: '黒い電話' });
  assert.equal(status, 200);
  await isTold(at.house, who, '名前が変更されました：盗んだ電話 → 黒い電話');
  await visitor.open('/account/security-info');
  await visitor.send('/default', { credential: device.id });
  await isTold(at.house, who, '既定のサインイン方法が変更されました：黒い電話');
});

test('whose ways were all deleted by the office is told, and only if there were any', async () => {
  const who = await at.resident('ToldRemoved');
  const { directory, storage, clock } = at.house.foundation;
  const remove = () =>
    directory.office.removeMethods(who.id, { is: 'office', name: 'counter' }, tx =>
      tellPerson(tx, { sealer: storage.sealer, now: clock.now() }, { user: who.id, what: 'all-removed' }),
    );
  assert.equal(await remove(), 1);
  await isTold(at.house, who, '事務局がパスワード以外のサインイン方法をすべて削除しました');
  const waiting = () =>
    storage.db.selectFrom('outbox').select('id').where('kind', '=', 'security-info-notice').execute();
  // The letter lies there a moment before its errand is crossed off.
  await until(async () => (await waiting()).length === 0);
  assert.equal(await remove(), 0);
  await until(async () => (await waiting()).length === 0);
  assert.equal(lettersTo(at.house, who).length, 1);
});
