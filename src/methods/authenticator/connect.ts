import { randomBytes } from 'node:crypto';
import type { Audit } from '../../audit/index.ts';
import type { PushGateway } from '../../gateways/push/index.ts';
import type { Clock } from '../../kit/clock.ts';
import type { UserId } from '../../kit/ids.ts';
import type { Storage } from '../../storage/index.ts';
import type { Language } from '../../words/index.ts';
import { readName } from '../credential-name.ts';
import * as api from './api.ts';
import { firstRequest } from './ask.ts';
import * as enrolments from './enrolments.ts';
import { isSignedBy, keyOf } from './knock.ts';
import { accepted, Refused, read } from './refused.ts';
import { putFirst } from './requests.ts';
import { registering } from './statement.ts';

export interface Connecting {
  about(): api.About;
  /** Whose account a token leads to. Spends nothing. */
  look(sent: unknown): Promise<api.Looked>;
  /** Takes the key of a new device for a token, once, and asks it its first question. */
  register(sent: unknown, address: string | undefined): Promise<api.Registered>;
}

/** How an app that nobody knows becomes a device: by the token of the page. */
export function openConnecting(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  push: PushGateway;
  issuer: string;
  organisation(): Readonly<Record<Language, string>>;
}): Connecting {
  const { storage, clock, audit, push, issuer } = deps;

  const about = (): api.About => ({
    issuer,
    organisation: deps.organisation(),
    applicationServerKey: push.publicKey,
    now: clock.now(),
  });

  async function ownerOf(token: string) {
    const owner = await enrolments.ownerOf(storage.db, token, clock.now());
    if (!owner) throw new Refused('token-over');
    return owner;
  }

  async function claim(
    token: string,
    user: UserId,
    brought: enrolments.Brought,
    address: string | undefined,
  ) {
    const now = clock.now();
    const claimed = await storage.tx(async tx => {
      const enrolment = await enrolments.claim(tx, storage.sealer, { token, user, brought }, now);
      if (!enrolment) return undefined;
      await putFirst(tx, firstRequest(enrolment, now));
      await audit.record(tx, {
        kind: 'registration.step',
        user,
        actor: { is: 'user', id: user },
        correlation: enrolment.correlation,
        address,
        detail: { method: 'authenticator', step: 'connected', credential: brought.name },
      });
      return enrolment;
    });
    if (!claimed) throw new Refused('token-over');
    return claimed;
  }

  return {
    about,
    async look(sent) {
      const { loginName, displayName } = await ownerOf(read(api.look, sent).token);
      return { ...about(), loginName, displayName };
    },
    async register(sent, address) {
      const asked = read(api.registeringRequest, sent);
      const named = readName(asked.name);
      if (!named.ok) throw new Refused('name');
      const publicKey = Buffer.from(asked.publicKey, 'base64url');
      if (!keyOf(publicKey) || !isSignedBy(publicKey, registering(issuer, asked), asked.signature))
        throw new Refused('signature');
      const subscription = accepted(push, asked.subscription);
      const { user, loginName } = await ownerOf(asked.token);
      const brought = { name: named.name, publicKey, secret: randomBytes(20), subscription };
      const { id } = await claim(asked.token, user, brought, address);
      return {
        device: id,
        user,
        loginName,
        organisation: deps.organisation(),
        secret: brought.secret.toString('base64url'),
        digits: 6,
        period: 30,
        now: clock.now(),
      };
    },
  };
}
