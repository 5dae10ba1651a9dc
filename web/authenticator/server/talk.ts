import type {
  About,
  Answer,
  Answered,
  Done,
  Looked,
  Pulled,
  Registered,
  Registering,
  Rename,
  Signed,
  Subscribe,
  Wrong,
} from '../../../src/methods/authenticator/api.ts';
import { requesting } from '../../../src/methods/authenticator/statement.ts';
import type { Account } from '../account/keep.ts';
import { newNonce, sign } from '../account/key.ts';

/** What a server said, or why it said nothing. */
export type Told<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: Wrong['error'] | 'unreachable'; readonly now?: number };

/** Acts of a registered device, with what each sends and is told. */
export interface Acts {
  readonly pull: { readonly sends: Record<never, never>; readonly told: Pulled };
  readonly answer: { readonly sends: Answer; readonly told: Answered };
  readonly subscribe: { readonly sends: Subscribe; readonly told: Done };
  readonly rename: { readonly sends: Rename; readonly told: Done };
}

/** Whose requests are signed, and by which clock. */
export type Signer = Pick<Account, 'device' | 'issuer' | 'key' | 'ahead'>;

const patience = 15_000;

export const about = (issuer: string): Promise<Told<About>> => send(`${issuer}/authenticator/api/about`);

export const look = (issuer: string, token: string): Promise<Told<Looked>> =>
  send(`${issuer}/authenticator/api/register/look`, { token });

export const register = (issuer: string, from: Registering): Promise<Told<Registered>> =>
  send(`${issuer}/authenticator/api/register`, from);

/** Says one thing as this device. A clock that was put right meanwhile is followed, once. */
export async function say<Act extends keyof Acts>(
  as: Signer,
  act: Act,
  what: Acts[Act]['sends'],
): Promise<Told<Acts[Act]['told']>> {
  const address = `${as.issuer}/authenticator/api/device/${act}`;
  const told = await send<Acts[Act]['told']>(address, await signedBy(as, act, what));
  if (told.ok || told.why !== 'stale' || told.now === undefined) return told;
  return send(address, await signedBy({ ...as, ahead: told.now - Date.now() }, act, what));
}

/** Opens the stream of requests of this device; ends with `signal`. */
export async function openStream(as: Signer, signal: AbortSignal): Promise<Told<ReadableStream<Uint8Array>>> {
  return answerOf(
    `${as.issuer}/authenticator/api/device/stream`,
    await signedBy(as, 'stream', {}),
    signal,
    async response => (response.body ? { ok: true, value: response.body } : { ok: false, why: 'surprise' }),
  );
}

async function signedBy(as: Signer, act: string, what: object): Promise<Signed> {
  const said = {
    device: as.device,
    at: Math.round(Date.now() + as.ahead),
    nonce: newNonce(),
    body: JSON.stringify(what),
  };
  return { ...said, signature: await sign(as.key, requesting(as.issuer, act, said)) };
}

const send = <T>(address: string, body?: object): Promise<Told<T>> =>
  answerOf(address, body, AbortSignal.timeout(patience), async response => ({
    ok: true,
    value: (await response.json()) as T,
  }));

/** No cookie goes along: what is asked is signed. */
async function answerOf<T>(
  address: string,
  body: object | undefined,
  signal: AbortSignal,
  read: (response: Response) => Promise<Told<T>>,
): Promise<Told<T>> {
  try {
    const response = await fetch(address, {
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal,
      ...(body
        ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
        : {}),
    });
    if (response.ok) return await read(response);
    const wrong = (await response.json()) as Partial<Wrong>;
    return {
      ok: false,
      why: wrong.error ?? 'surprise',
      ...(wrong.now === undefined ? {} : { now: wrong.now }),
    };
  } catch {
    // No connection, no answer in time, or nothing of ours at that address.
    return { ok: false, why: 'unreachable' };
  }
}
