import { z } from 'zod';

/**
 * How Genkan Authenticator (the app) speaks with the server. The app imports the types of this file,
 * and `statement.ts` as it is.
 *
 * The link of the QR code is `https://<host>/authenticator#register=<token>`; its origin is the
 * `issuer` of all that follows, and the address of this API, also when the app was installed from
 * another organisation: every path below allows every origin (CORS), carries no cookie, and is
 * answered with JSON.
 *
 *     GET  /authenticator/api/about               → About
 *     POST /authenticator/api/register/look       Look         → Looked        (spends nothing)
 *     POST /authenticator/api/register            Registering  → Registered    (spends the token)
 *     POST /authenticator/api/device/pull         Signed<Nothing>    → Pulled
 *     POST /authenticator/api/device/stream       Signed<Nothing>    → text/event-stream
 *     POST /authenticator/api/device/answer       Signed<Answer>     → Answered
 *     POST /authenticator/api/device/subscribe    Signed<Subscribe>  → Done
 *     POST /authenticator/api/device/rename       Signed<Rename>     → Done
 *
 * `stream` is read with `fetch` (an EventSource cannot POST). Each event is `event: requests` and
 * `data:` a Pulled: the first one at once, another whenever it changed. A comment line comes every
 * 15 s; after 5 min the server ends it, and the app asks again.
 *
 * A push message is `{"request":"<id>"}` encrypted for the subscription (RFC 8291), TTL 60 s, urgency high,
 * topic `sign-in`. It says that something is to be pulled, and nothing else.
 *
 * What went wrong is answered with its status and a `Wrong`.
 *
 * The app itself is static. The build puts it into the folder `authenticator` beside the other assets:
 * `index.html` is served at `/authenticator`, every other file (one level, `.js .css .svg .png .webmanifest`)
 * at `/authenticator/<name>`, `sw.js` with `Service-Worker-Allowed: /authenticator`. Its policy
 * allows its own scripts, styles, images, worker and manifest, the camera, and connections to any https. Trusted Types are required of
 * scripts; a policy may have any name.
 */

const base64url = (bytes: number) =>
  z.string().regex(new RegExp(`^[\\w-]{${Math.ceil((bytes * 8) / 6)}}$`), 'not-base64url');
const uuid = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** As `PushSubscription.toJSON()` gives it; other members are dropped. */
export const subscription = z.object({
  endpoint: z.string().max(1024),
  keys: z.object({
    /** the browser's P-256 point, uncompressed */
    p256dh: base64url(65),
    auth: base64url(16),
  }),
});
export type Subscription = z.output<typeof subscription>;

export interface About {
  readonly issuer: string;
  readonly organisation: { readonly ja: string; readonly en: string };
  /** for `pushManager.subscribe`: base64url of the uncompressed point */
  readonly applicationServerKey: string;
  /** the server's clock, ms; requests are dated by it */
  readonly now: number;
}

/** 64 base64url characters, good for 10 minutes and for one device. */
const token = z.string().regex(/^[\w-]{20,200}$/);

export const look = z.strictObject({ token });
/** Whose account the app is about to guard, to be shown before it does. */
export interface Looked extends About {
  readonly loginName: string;
  readonly displayName: string;
}

export const registeringRequest = z.strictObject({
  token,
  /** what the person calls this device, 1 to 50 characters; signed as it is sent */
  name: z.string().max(200),
  /** the P-256 point of the new key, uncompressed (`exportKey('raw', publicKey)`) */
  publicKey: base64url(65),
  subscription: subscription.optional(),
  /** over `registering(issuer, …)` */
  signature: base64url(64),
});
export type Registering = z.input<typeof registeringRequest>;

export interface Registered {
  /** names this device in every later request */
  readonly device: string;
  /** names the person; it comes back in every request that asks */
  readonly user: string;
  readonly loginName: string;
  readonly organisation: About['organisation'];
  /** of the codes that need no network: HMAC-SHA-1, told once. base64url of 20 bytes */
  readonly secret: string;
  readonly digits: 6;
  /** seconds */
  readonly period: 30;
  readonly now: number;
}

/**
 * Every request of a registered device. `at` is the server's time as the app reckons it (its own
 * clock and the difference to `now`): 60 s off and it is `stale`. A `nonce` is used once.
 */
export const signed = z.strictObject({
  device: uuid,
  at: z.number().int().nonnegative(),
  /** 16 random bytes */
  nonce: base64url(16),
  /** JSON as text: what is signed is what is read */
  body: z.string().max(8192),
  /** over `requesting(issuer, act, …)` */
  signature: base64url(64),
});
export type Signed = z.output<typeof signed>;

export const nothing = z.strictObject({});

/** A request that waits for an answer. The number is not in it: it stands on the page of the sign-in. */
export interface Asked {
  readonly request: string;
  /** the server's, of this request only */
  readonly challenge: string;
  readonly user: string;
  /** the first one comes while the device is being registered, and ends the registration */
  readonly purpose: 'sign-in' | 'registration';
  /** as people know it; '' where it is the organisation's own pages */
  readonly application: string;
  readonly place: {
    /** in a network that the organisation trusts (学内) */
    readonly trusted: boolean;
    /** IP address of the browser; '' when it is not known */
    readonly address: string;
  };
  readonly askedAt: number;
  readonly expiresAt: number;
  /** digits of the number to be typed */
  readonly digits: 2;
}

export interface Pulled {
  /** one, or none */
  readonly requests: readonly Asked[];
  readonly now: number;
}

/**
 * What the person decided, and about what: the device repeats all that it showed, and signs it. One
 * answer to a request counts, whatever it is.
 */
export const answer = z.strictObject({
  request: uuid,
  challenge: base64url(16),
  user: uuid,
  application: z.string().max(500),
  address: z.string().max(100),
  trusted: z.boolean(),
  askedAt: z.number().int(),
  /** `deny`: not now. `report`: it was not me; no push, call or text for an hour, and the office is told */
  decision: z.enum(['approve', 'deny', 'report']),
  /** with `approve` the digits that were typed, else '' */
  number: z.string().regex(/^(?:\d{2})?$/),
});
export type Answer = z.output<typeof answer>;

export interface Answered {
  /** `wrong-number`: refused, and there is no second try. `over`: expired, replaced, left by its page, or answered before */
  readonly outcome: 'approved' | 'denied' | 'reported' | 'wrong-number' | 'over';
  readonly now: number;
}

/** A new subscription, or none: the permission was taken away. */
export const subscribe = z.strictObject({ subscription: subscription.nullable() });
export type Subscribe = z.output<typeof subscribe>;

/** As the person calls this device from now on, here and in security info. */
export const rename = z.strictObject({ name: z.string().max(200) });
export type Rename = z.input<typeof rename>;

export interface Done {
  readonly now: number;
}

export interface Wrong {
  readonly error: /** 400: not of the shape above */
    | 'malformed'
    /** 400: the name is empty, longer than 50 characters, or a telephone number (`+` and digits) */
    | 'name'
    /** 400: the push service is not one that this server sends to; the app goes on without */
    | 'push-service'
    /** 401: no such device, or not its key: it was removed, and the app says so */
    | 'unknown-device'
    /** 401: too far from `now` */
    | 'stale'
    /** 403: a key or signature that does not fit */
    | 'signature'
    /** 409: this nonce was used before */
    | 'replayed'
    /** 410: the token is over, used, or not ours */
    | 'token-over'
    /** 503, with Retry-After: nothing was decided */
    | 'busy'
    /** 500 */
    | 'surprise';
  readonly now: number;
}

/** ms by which `at` may differ from the server's clock */
export const skew = 60_000;
