// The codes of the app beside those of OATH Toolkit, by random secrets and instants.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import test from 'node:test';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { codeAt, codeKey } from '../../web/authenticator/account/code.ts';

test('the app, the server and oathtool say the same code', async () => {
  for (let n = 0; n < 200; n++) {
    const secret = randomBytes(20);
    const at = randomInt(0, 2 ** 33) * 1000 + randomInt(0, 1000);
    const digits = n % 2 === 0 ? 6 : 8;
    const period = n % 3 === 0 ? 60 : 30;
    const now = `${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
    const args = ['--totp', `--digits=${digits}`, `--time-step-size=${period}s`, `--now=${now}`];
    const code = execFileSync('oathtool', [...args, secret.toString('hex')], { encoding: 'utf8' }).trim();
    const key = await codeKey(new Uint8Array(secret));
    assert.equal(await codeAt(key, at, { digits, period }), code, now);
    assert.equal(hotp(secret, stepOf(at, period), digits), code, now);
  }
});

test('tokens by time under every hash, and by the press of a button, say what oathtool says', () => {
  const oathtool = (secret: Buffer, ...args: string[]): string =>
    execFileSync('oathtool', [...args, secret.toString('hex')], { encoding: 'utf8' }).trim();
  for (let n = 0; n < 60; n++) {
    const digits = 6 + (n % 3);
    const secret = randomBytes(16 + (n % 49));
    const counter = randomInt(0, 2 ** 40);
    const pressed = oathtool(secret, '--hotp', `--counter=${counter}`, `--digits=${digits}`);
    assert.equal(hotp(secret, counter, digits), pressed, `${secret.toString('hex')} ${counter}`);
    const at = randomInt(0, 2 ** 33);
    const period = n % 2 === 0 ? 60 : 30;
    for (const algorithm of ['sha1', 'sha256', 'sha512']) {
      const args = [
        `--totp=${algorithm}`,
        `--digits=${digits}`,
        `--time-step-size=${period}s`,
        `--now=@${at}`,
      ];
      const code = oathtool(secret, ...args);
      assert.equal(
        hotp(secret, stepOf(at * 1000, period), digits, algorithm),
        code,
        `${algorithm} ${secret.toString('hex')} ${at}`,
      );
    }
  }
});
