// Manual 「認証用電話」 2.1.2: a telephone at home, its number written either way, and * before # on an analog line.
import test from 'node:test';
import { inbox } from '../cast/mail.ts';
import { proofOnAnalogLine } from '../cast/manuals/analog-line.ts';
import { stage } from '../cast/stage.ts';
import { addPhone, doNotStay, signIn } from '../cast/steps.ts';

const at = stage(house => house.given.setting('registration', { startsOn: '2026-04-01' }));

test('03-1234-5678 on an analog line: # alone is not heard, * and # are', async () => {
  const { loginName } = await at.house.given.user('Fumiko');
  const fumiko = await at.person({ story: 'analog line' });
  const hall = await at.person({ story: 'analog line, the telephone' });

  await hall.open('/simulator/phones/+81312345678');
  await hall.choose('回線', 'アナログ回線（パルス）');
  await hall.press('保存');

  await fumiko.open(at.mail.url);
  await signIn(fumiko, loginName);
  await fumiko.press('次へ');
  await addPhone(fumiko, '03-1234-5678', '呼び出し');
  await fumiko.sees('電話に出てください', '+81 3-1234-5678', 'アナログ回線の場合は');
  await fumiko.picture('calling');

  await hall.sees('着信');
  await hall.picture('ringing');
  await hall.press('応答');
  await fumiko.sees('応答がありました');
  await hall.press('#');
  await hall.press('*');
  await fumiko.sees('応答がありました');
  await hall.picture('keypad');
  await hall.press('#');
  await fumiko.sees('電話番号が追加されました');
  await fumiko.press('完了');
  await doNotStay(fumiko);
  await fumiko.sees(`${inbox}: Fumiko`);
  await hall.leave();
  await fumiko.leave();
});

for (const javaScript of [true, false]) proofOnAnalogLine(at, javaScript);
