import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ConfigurationError, loadConfiguration, readMasterKeys, template } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan-config-'));
after(() => rmSync(folder, { recursive: true }));

const problemsOf = (work: () => unknown): readonly string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
};

test('a file, and variables that override it', () => {
  const file = join(folder, 'genkan.yaml');
  writeFileSync(file, 'url: https://id.example.ac.jp/\nlisten:\n  port: 8443\ntrustedProxies: [10.0.0.1]\n');
  const configuration = loadConfiguration({
    file,
    env: { GENKAN_LISTEN_HOST: '::', GENKAN_TRUSTED_PROXIES: '10.0.0.2,10.0.0.3', PATH: '/bin' },
  });
  assert.equal(configuration.url, 'https://id.example.ac.jp');
  assert.deepEqual(configuration.listen, { host: '::', port: 8443 });
  assert.deepEqual(configuration.trustedProxies, ['10.0.0.2', '10.0.0.3']);
});

test('a value can lie in a file of its own, so that no secret stands in the environment', () => {
  const secret = join(folder, 'database-url');
  writeFileSync(secret, 'postgres://genkan:secret@db/genkan\n');
  const { databaseUrl } = loadConfiguration({
    env: { GENKAN_URL: 'https://id.example', GENKAN_DATABASE_URL_FILE: secret },
  });
  assert.equal(databaseUrl, 'postgres://genkan:secret@db/genkan');
});

test('gateways come from the file or from variables, and are read loosely: their drivers know the rest', () => {
  const { gateways } = loadConfiguration({
    env: {
      GENKAN_URL: 'https://id.example',
      GENKAN_GATEWAYS_TEXT: '[{"id":"a","driver":"http","url":"https://x","countries":["JP"]}]',
    },
  });
  assert.deepEqual(gateways.text, [{ id: 'a', driver: 'http', url: 'https://x', countries: ['JP'] }]);
  assert.deepEqual(gateways.voice, []);
  const wrong = [
    { id: 'A b', driver: 'http' },
    { driver: 'http' },
    { id: 'c', driver: 'http', countries: ['jp'] },
  ];
  assert.deepEqual(
    problemsOf(() =>
      loadConfiguration({ env: {}, defaults: { url: 'https://id.example', gateways: { text: wrong } } }),
    ).map(problem => problem.split(':')[0]),
    ['gateways.text[0].id', 'gateways.text[1].id', 'gateways.text[2].countries[0]'],
  );
});

test('what is not a setting is an error that says what was probably meant', () => {
  const file = join(folder, 'typo.yaml');
  writeFileSync(file, 'url: https://id.example\ntrustedProxys: []\n');
  assert.deepEqual(
    problemsOf(() => loadConfiguration({ file, env: { GENKAN_LISTEN_PROT: '1' } })),
    [
      'GENKAN_LISTEN_PROT is not a setting; did you mean GENKAN_LISTEN_PORT?',
      'trustedProxys is not a setting; did you mean trustedProxies?',
    ],
  );
});

test('the template is a configuration once its address is set, and names every key', () => {
  const file = join(folder, 'template.yaml');
  writeFileSync(file, template());
  const configuration = loadConfiguration({ file, env: {} });
  assert.equal(configuration.listen.port, 4000);
  for (const key of [
    'dataFolder',
    'databaseUrl',
    'masterKeyFile',
    'trustedProxies',
    'logLevel',
    'port',
    'host',
  ])
    assert.match(template(), new RegExp(`${key}:`));
});

test('the master key is made once, is private, and a key that others can read is refused', () => {
  const file = join(folder, 'keys', 'master.key');
  const [first] = readMasterKeys(file, true);
  assert.deepEqual(readMasterKeys(file, true), [first]);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64').length, 32);
  chmodSync(file, 0o644);
  assert.match(problemsOf(() => readMasterKeys(file, false))[0] ?? '', /chmod 600/);
});
