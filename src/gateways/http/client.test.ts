import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { freePort } from '../../kit/testing.ts';
import { openHttpClient, providerUrl } from './client.ts';
import { openProvider } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan client '));
const client = openHttpClient({ timeout: 60_000 });
const impatient = openHttpClient({ timeout: 400 });
after(() => {
  client.close();
  impatient.close();
  rmSync(folder, { recursive: true });
});
const post = (url: string, signal?: AbortSignal, by = client) =>
  by.ask({ method: 'POST', url: new URL(url), body: 'hello' }, signal);

test('what could not be reached was not sent; what was sent and not answered may have worked', async () => {
  const silent = createServer(socket => socket.resume());
  const port = await freePort();
  await new Promise<void>(resolve => silent.listen(port, '127.0.0.1', resolve));
  assert.deepEqual(await post(`http://127.0.0.1:${port}/`, undefined, impatient), {
    is: 'unanswered',
    why: 'no answer in time',
  });
  assert.equal((await post(`http://127.0.0.1:${port}/`, AbortSignal.abort())).is, 'not-sent');
  await new Promise(resolve => silent.close(resolve));
  assert.deepEqual(await post(`http://127.0.0.1:${port}/`), { is: 'not-sent', why: 'ECONNREFUSED' });
  const torn = createServer(socket => socket.once('data', () => socket.destroy()));
  await new Promise<void>(resolve => torn.listen(0, '127.0.0.1', resolve));
  const answered = await post(`http://127.0.0.1:${(torn.address() as AddressInfo).port}/`);
  assert.deepEqual(answered, { is: 'unanswered', why: 'ECONNRESET' });
  torn.close();
});

test('what cannot be written into a header was not sent, and is told as such', async () => {
  const provider = await openProvider((_heard, response) => response.end('yes'));
  const ask = (sender: string) =>
    client.ask({ method: 'POST', url: new URL(provider.url), headers: { 'X-From': sender }, body: 'hello' });
  const refused = { is: 'not-sent', why: 'the header X-From cannot be written' };
  assert.deepEqual(await ask('京都中央大学'), refused);
  assert.deepEqual(await ask('a\r\nX-Evil: 1'), refused);
  assert.equal(provider.heard.length, 0);
  assert.equal((await ask('Universität')).is, 'answered');
  await provider.close();
});

test('nothing is followed, and no answer is read without end', async () => {
  const provider = await openProvider(({ url }, response) => {
    if (url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end('moved');
    else response.end('x'.repeat(100_000));
  });
  assert.deepEqual(await post(`${provider.url}/moved`), { is: 'answered', status: 302, body: 'moved' });
  assert.equal(provider.heard.length, 1);
  assert.deepEqual(await post(`${provider.url}/long`), { is: 'unanswered', why: 'the answer is too long' });
  await provider.close();
});

test('a certificate that nobody vouches for is sent nothing; one that the operator named is believed', async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
      .concat(['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'])
      .concat(['-keyout', key, '-out', cert]),
    { stdio: 'ignore' },
  );
  let heard = 0;
  const server = createSecureServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (_request, response) => {
      heard += 1;
      response.end('yes');
    },
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
  assert.equal((await post(url)).is, 'not-sent');
  assert.equal(heard, 0);
  const believing = openHttpClient({ ca: readFileSync(cert, 'utf8') });
  assert.equal((await believing.ask({ method: 'GET', url: new URL(url) })).is, 'answered');
  believing.close();
  server.closeAllConnections();
  server.close();
});

test('texts go in clear within one’s own house only', () => {
  for (const url of [
    'https://api.example',
    'http://127.0.0.1:1',
    'http://[::1]/',
    'http://kannel:13013/',
    'http://10.1.2.3/',
  ])
    assert.ok(providerUrl.safeParse(url).success, url);
  for (const url of [
    'http://api.example',
    'http://8.8.8.8/',
    'ftp://x',
    'nonsense',
    'https://user:pass@api.example',
    'http://[2001:db8::1]/',
  ])
    assert.ok(!providerUrl.safeParse(url).success, url);
});
