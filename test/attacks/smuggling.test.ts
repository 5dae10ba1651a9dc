import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { assertSignedIn, scene, signInByText } from './scene.ts';

const at = scene();

/** What comes back for bytes that no program of good will sends, until the server hangs up. */
function send(bytes: string): Promise<string> {
  const { hostname, port } = new URL(at.house.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      answer += text;
    });
    // It may hang up before it has read all: what it had said until then arrived.
    socket.on('error', error => (answer === '' ? reject(error) : undefined));
    socket.on('close', () => resolve(answer));
    socket.write(bytes, 'latin1');
  });
}

const statuses = (answer: string): string[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => status ?? '');

/** What a proxy in front would take for the body of the first request, and a server for a second one. */
const hidden = 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n';
const head =
  'POST /language HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n';

test('where a request ends is never a matter of opinion: two lengths, a length and chunks, chunks of another kind', async () => {
  for (const ends of [
    `Content-Length: ${hidden.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `Transfer-Encoding: chunked\r\nContent-Length: ${hidden.length}\r\n\r\n0\r\n\r\n`,
    `Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n`,
    `Content-Length: 0, ${hidden.length}\r\n\r\n`,
    `Content-Length: +0\r\n\r\n`,
    `Content-Length: 0x0\r\n\r\n`,
    `Content-Length : 0\r\n\r\n`,
    `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    `Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`,
    `X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n`,
    `Transfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n`,
    `Transfer-Encoding: chunked\r\n\r\n-1\r\nhello\r\n0\r\n\r\n`,
  ]) {
    const answered = statuses(await send(`${head}${ends}${hidden}`));
    assert.deepEqual(answered, ['400'], `${JSON.stringify(ends)} ${answered}`);
  }
});

test('a first line or a header that is none is refused, and nobody speaks two protocols here', async () => {
  for (const bytes of [
    'GET /livez HTTP/1.1\r\n\r\n',
    'GET /li vez HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET /livez HTTP/1.1\r\nHost: localhost\r\nX\0Y: z\r\n\r\n',
    'GET /livez HTTP/1.1\r\nHost: localhost\r\nX: y\0z\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  ]) {
    const [status, ...more] = statuses(await send(bytes));
    assert.match(status ?? '', /^(400|505)$/, `${JSON.stringify(bytes.slice(0, 80))} ${status}`);
    assert.deepEqual(more, []);
  }
});

test('whatever host a request names, addresses are made of the one that is configured', async () => {
  for (const [line, host] of [
    ['GET http://evil.example/account HTTP/1.1', 'evil.example'],
    ['GET //evil.example/account HTTP/1.1', 'localhost'],
    ['GET /oidc/.well-known/openid-configuration HTTP/1.1', 'evil.example'],
    [
      'GET /account HTTP/1.1',
      'evil.example\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example',
    ],
  ]) {
    const answer = await send(`${line}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    const [status] = statuses(answer);
    assert.match(status ?? '', /^(200|303|404)$/, `${line} ${status}`);
    // A page that is not there says so under the path that was asked for, and its form leads there only if it is one.
    const said = answer.replace('name="back" value="//evil.example/account"', '');
    assert.ok(!said.includes('evil.example'), `${line} ${said}`);
  }
  const person = await at.resident('Wired');
  const visitor = at.house.visitor();
  await signInByText(visitor, person);
  await assertSignedIn(visitor);
});
