import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testCommandLine } from './testing.ts';

let office: Awaited<ReturnType<typeof testCommandLine>>;
before(async () => {
  office = await testCommandLine();
});
after(() => office.close());

test('the language of a person is any that we call in, and not the one in which the answer is printed', async () => {
  const made = await office.genkan('users', 'create', 'minjun', '--name', 'Min-jun', '--language', 'ja');
  assert.match(made.out, /minjun was created/);
  for (const language of ['ko', 'zh', 'vi', 'en']) {
    const { status, out, err } = await office.genkan('users', 'update', 'minjun', '--language', language);
    assert.equal(status, 0, err);
    assert.match(out, /minjun was changed/);
    assert.equal((await office.genkan('users', 'show', 'minjun', '--json')).json.language, language);
  }
  assert.notEqual((await office.genkan('users', 'update', 'minjun', '--language', 'xx')).status, 0);
  assert.match((await office.genkan('users', 'show', 'minjun', '--language', 'ja')).out, /ログイン名/);
});

test('the page of a command explains each option once', async () => {
  for (const path of ['users create', 'users update', 'users list']) {
    const { out } = await office.genkan('help', ...path.split(' '));
    assert.equal(out.match(/^ {2}--language /gm)?.length, 1, out);
  }
  assert.match((await office.genkan('help', 'users', 'update')).out, /--language <ja\|en\|zh\|ko\|vi>/);
});
