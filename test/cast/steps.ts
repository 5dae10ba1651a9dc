import type { Person } from './chromium.ts';
import { password } from './house.ts';

/** Account, 次へ, password, サインイン: as every story begins. */
export async function signIn(who: Person, loginName: string, secret = password): Promise<void> {
  await who.fill('アカウント', loginName);
  await who.press('次へ');
  await who.fill('パスワード', secret);
  await who.press('サインイン');
}

/** 電話, its number, and how it is proved; up to the question. */
export async function addPhone(
  who: Person,
  number: string,
  way: 'コードのSMS送信' | '呼び出し',
): Promise<void> {
  await who.press('電話');
  await who.sees('電話番号の追加', '国番号', '確認方法を選択します');
  await who.fill('電話番号', number);
  await who.choose('確認方法を選択します', way);
  await who.picture('number');
  await who.press('次へ');
}

/** サインインの状態を維持しますか: whoever shares a computer says no. */
export async function doNotStay(who: Person): Promise<void> {
  await who.sees('サインインの状態を維持しますか？');
  await who.press('いいえ');
}

/** From my apps to the security info, as manual 4-1 shows it: 自身のアイコン, アカウントを表示, セキュリティ情報. */
export async function openSecurityInfo(who: Person): Promise<void> {
  await who.sees('マイ アプリ');
  await who.press('アカウント メニュー');
  await who.picture('menu');
  await who.press('アカウントを表示');
  await who.sees('マイ アカウント');
  await who.picture('account');
  await who.press('セキュリティ情報');
  await who.sees('+ サインイン方法の追加');
}
