import assert from 'node:assert/strict';
import type { Person } from './chromium.ts';
import { press } from './press.ts';
import type { Stage } from './stage.ts';
import { doNotStay, signIn } from './steps.ts';

/** The address that the set-up page would have the camera read. */
export async function linkOn(who: Person): Promise<string> {
  const link = await who.page.getByRole('link', { name: 'この端末でアプリを開く' }).getAttribute('href');
  assert.ok(link);
  return link;
}

/** The two digits on the page of a sign-in, or of the set-up. */
export async function numberOn(who: Person): Promise<string> {
  const shown = (await who.page.locator('.big-number').textContent()) ?? '';
  const [number] = /\d{2}/.exec(shown) ?? [];
  assert.ok(number, shown);
  return number;
}

/** Another number than that. */
export const otherThan = (number: string): string => (number === '42' ? '43' : '42');

/** From signing in for the first time to the QR code. */
export async function toTheCode(who: Person, loginName: string): Promise<void> {
  await who.open('/');
  await signIn(who, loginName);
  await who.press('次へ');
  await press(who.page, who.page.locator('.choice', { hasText: 'Genkan Authenticator' }).first());
  await who.press('次へ');
  await who.sees('アプリからの接続を待っています');
}

/** The app is open at 追加しますか: until the device is registered and the person is in. */
export async function connect(who: Person, phone: Person): Promise<void> {
  await phone.sees('このアカウントを追加しますか？');
  await phone.press('追加');
  await phone.sees('番号の入力');
  await who.sees('アプリが接続されました');
  await phone.fill('設定画面の番号', await numberOn(who));
  await phone.press('承認');
  await phone.sees('承認しました');
  await who.sees('Genkan Authenticatorが追加されました');
}

/** A person with the app on a phone, signed in by it. */
export async function setUp(who: Person, phone: Person, loginName: string): Promise<void> {
  await toTheCode(who, loginName);
  await phone.open(await linkOn(who));
  await connect(who, phone);
  await who.press('完了');
  await doNotStay(who);
  await who.sees('マイ アプリ');
  await noNotifications(phone);
}

/** After the first approval: this phone is not to notify. */
export async function noNotifications(phone: Person): Promise<void> {
  await phone.press('完了');
  await phone.sees('この端末に通知しますか？');
  await phone.press('あとで');
  await phone.sees('現在、要求はありません。');
}

/** A person, whose phone has the app. */
export async function withApp(
  at: Stage,
  name: string,
  options: { address?: string } = {},
): Promise<{ who: Person; phone: Person; loginName: string }> {
  const { loginName } = await at.house.given.user(name);
  const story = `authenticator-${name.toLowerCase()}`;
  const who = await at.person({ story });
  const phone = await at.person({ story: `${story}-phone`, width: 390, ...options });
  await setUp(who, phone, loginName);
  return { who, phone, loginName };
}

export async function signOut(who: Person): Promise<void> {
  await who.press('アカウント メニュー');
  await who.press('サインアウト');
  await who.sees('サインアウトしました');
}

/** Account and password, up to the number. @param from where the sign-in begins: our own pages, or an application */
export async function toTheNumber(who: Person, loginName: string, from = '/'): Promise<string> {
  await who.open(from);
  await signIn(who, loginName);
  await press(who.page, who.page.getByRole('button', { name: /^Genkan Authenticatorで承認する/ }));
  await who.sees('アプリでの応答を待っています');
  return numberOn(who);
}
