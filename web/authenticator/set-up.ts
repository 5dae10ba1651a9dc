import type { Looked } from '../../src/methods/authenticator/api.ts';
import { registering } from '../../src/methods/authenticator/statement.ts';
import { fromText } from './account/bytes.ts';
import { codeKey } from './account/code.ts';
import type { Account } from './account/keep.ts';
import { makeKey, sign } from './account/key.ts';
import type { SetUpLink } from './account/link.ts';
import { look, register, type Told } from './server/talk.ts';

export type AddProblem = 'expired' | 'unreachable' | 'unsafe' | 'failed';

/** Whose account a link adds, to be shown before anything is done. */
export async function readAccount({ issuer, token }: SetUpLink): Promise<Looked | AddProblem> {
  const told = await look(issuer, token);
  return told.ok ? told.value : problemOf(told);
}

/** Makes the keys of this device, and has the server know the public one. */
export async function addAccount(
  { issuer, token }: SetUpLink,
  { displayName }: Looked,
  deviceName: string,
): Promise<Account | AddProblem> {
  if (!globalThis.crypto?.subtle) return 'unsafe';
  const { key, publicKey } = await makeKey();
  const signature = await sign(key, registering(issuer, { token, publicKey, name: deviceName }));
  const told = await register(issuer, { token, name: deviceName, publicKey, signature });
  if (!told.ok) return problemOf(told);
  const { device, user, loginName, organisation, secret, digits, period, now } = told.value;
  return {
    ...{ device, issuer, user, loginName, displayName, organisation, deviceName, digits, period },
    key,
    codes: await codeKey(fromText(secret)),
    addedAt: Date.now(),
    ahead: now - Date.now(),
    removedThere: false,
  };
}

const problemOf = ({ why }: Told<unknown> & { ok: false }): AddProblem => {
  if (why === 'token-over') return 'expired';
  return why === 'unreachable' || why === 'busy' ? 'unreachable' : 'failed';
};

/** What this device is, as people call it: `Firefox`, `Android`. Nothing is sent before it is confirmed. */
export function guessDevice(agent: string): { browser: string; system: string } | undefined {
  const first = (of: readonly (readonly [RegExp, string])[]) => of.find(([sign]) => sign.test(agent))?.[1];
  const system = first([
    [/iPad/, 'iPad'],
    [/iPhone/, 'iPhone'],
    [/Android/, 'Android'],
    [/CrOS/, 'ChromeOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'Mac'],
    [/Linux/, 'Linux'],
  ]);
  const browser = first([
    [/Edg/, 'Edge'],
    [/SamsungBrowser/, 'Samsung Internet'],
    [/Firefox|FxiOS/, 'Firefox'],
    [/Chrom|CriOS/, 'Chrome'],
    [/Safari/, 'Safari'],
  ]);
  return system && browser ? { browser, system } : undefined;
}
