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
