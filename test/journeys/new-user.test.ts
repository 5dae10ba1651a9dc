// A student of this spring: from a line in the office's list to the mail.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { run } from '../../src/cli/run.ts';
import { commands } from '../../src/cli/table.ts';
import { openHashing } from '../../src/methods/password/index.ts';
import { inbox } from '../cast/mail.ts';
import { stage } from '../cast/stage.ts';
import { addPhone, doNotStay, signIn } from '../cast/steps.ts';

const at = stage(async house => {
  await house.given.setting('registration', { startsOn: '2026-04-01' });
  await house.given.campusSkip();
});

async function genkan(...argv: string[]): Promise<string> {
  const { foundation } = at.house;
  const said: string[] = [];
  const screen = { isTerminal: false, write: (text: string) => void said.push(text) };
  const status = await run(
    argv,
    { LANG: 'ja_JP.UTF-8' },
    {
      commands,
      programs: [],
      stdout: screen,
      stderr: screen,
      open: async (_, speaking) => ({
        ...foundation,
        hashing: openHashing({ initialKey: foundation.storage.sealer.key('initial passwords') }),
        timeZone: (await foundation.directory.settings.get('organisation')).timeZone,
        url: at.house.url,
        actor: { is: 'office', name: 'test' },
        ...speaking,
        close: async () => undefined,
      }),
    },
  );
  assert.equal(status, 0, said.join(''));
  return said.join('');
}

test('Ichiro is imported from the list, changes his first password, registers his phone and is in his mail', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'genkan new user '));
  t.after(() => rmSync(folder, { recursive: true }));
  const list = join(folder, '新入生.csv');
  const passwords = join(folder, 'passwords.csv');
  const header = '\ufeffログイン名,氏名,メール,言語,グループ';
  writeFileSync(
    list,
    `${header}\r\ns26001@keyaki.example,鈴木 一郎,s26001@keyaki.example,ja,2026年度入学\r\n`,
  );
  await genkan('users', 'import', list, '--dry-run', '--create-groups');
  await genkan('users', 'import', list, '--create-groups', '--passwords', passwords);
  assert.equal(statSync(passwords).mode & 0o777, 0o600);
  const initial =
    /s26001@keyaki\.example,鈴木 一郎,([\w-]+),/.exec(readFileSync(passwords, 'utf8'))?.[1] ?? '';
  assert.match(initial, /^(?:\w{4}-){3}\w{4}$/);

  const ichiro = await at.person({ story: 'new user' });
  await ichiro.open(at.mail.url);
  // As one types from paper: capitals, no hyphens.
  await signIn(ichiro, 's26001@keyaki.example', initial.toUpperCase().replaceAll('-', ' '));
  await ichiro.sees('詳細情報が必要');
  await ichiro.press('次へ');
  await addPhone(ichiro, '080-6666-0001', 'コードのSMS送信');
  await ichiro.fill('コード', await at.telephone('+818066660001').code());
  await ichiro.press('次へ');
  await ichiro.press('完了');
  await ichiro.sees('新しいパスワードの設定');
  await ichiro.picture('new-password');
  const chosen = 'hanabi to kakigoori 2026';
  for (const [first, second, said] of [
    ['short', 'short', '15文字以上で入力してください。'],
    [chosen, `${chosen}!`, '2回の入力が一致していません。'],
  ] as const) {
    await ichiro.fill('新しいパスワード', first);
    await ichiro.fill('新しいパスワード（もう一度）', second);
    await ichiro.press('次へ');
    await ichiro.sees(said);
  }
  await ichiro.picture('passwords-differ');
  await ichiro.fill('新しいパスワード', chosen);
  await ichiro.fill('新しいパスワード（もう一度）', chosen);
  await ichiro.press('次へ');
  await doNotStay(ichiro);
  await ichiro.sees(`${inbox}: 鈴木 一郎`);
  await ichiro.leave();

  const again = await at.person({ story: 'new user, again' });
  await again.open('/');
  await signIn(again, 's26001@keyaki.example', initial);
  await again.sees('アカウントまたはパスワードが正しくありません。');
  await again.fill('パスワード', chosen);
  await again.press('サインイン');
  await again.sees('ID の確認');
  await again.leave();
});
