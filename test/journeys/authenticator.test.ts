// Two browsers at once: one signs in, the other is the phone with Genkan Authenticator.
import test from 'node:test';
import { connect, linkOn, toTheCode } from '../cast/authenticator.ts';
import { stage } from '../cast/stage.ts';

const at = stage(async house => {
  await house.given.multiFactorEverywhere();
});

test('the app is set up by opening the link, and approves at once', async () => {
  const { loginName } = await at.house.given.user('Aki');
  const who = await at.person({ story: 'authenticator-link' });
  const phone = await at.person({ story: 'authenticator-link-phone', width: 390 });
  await toTheCode(who, loginName);
  await who.picture('code');
  await phone.open(await linkOn(who));
  await phone.sees('このアカウントを追加しますか？');
  await phone.picture('add');
  await connect(who, phone);
  await phone.picture('approved');
  await who.picture('added');
  await phone.press('完了');
  await phone.picture('after');
});
