import type { IncomingMessage } from 'node:http';
import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Audit } from '../../audit/index.ts';
import type { PushGateway } from '../../gateways/push/index.ts';
import type { Clock } from '../../kit/clock.ts';
import { isPassing, type Storage } from '../../storage/index.ts';
import { readName } from '../credential-name.ts';
import type { Tell } from '../method.ts';
import { credentialsIn } from '../named-credentials.ts';
import type { openAnswers } from './answers.ts';
import * as api from './api.ts';
import type { Connecting } from './connect.ts';
import { type Signer, subscribe } from './devices.ts';
import type { Knocked } from './knock.ts';
import { accepted, Refused, read } from './refused.ts';
import { latestOf } from './requests.ts';
import { askedOf, type OpenStream } from './stream.ts';
import { openFor } from './watch.ts';

const status: Readonly<Record<api.Wrong['error'], number>> = {
  malformed: 400,
  name: 400,
  'push-service': 400,
  'unknown-device': 401,
  stale: 401,
  signature: 403,
  replayed: 409,
  'token-over': 410,
  busy: 503,
  surprise: 500,
};

const path = '/authenticator/api';
const devices = credentialsIn('authenticator_devices');
/** The signature of a device, or the token of the page, is the credential: there is no cookie. */
const machine = { config: { machine: true } } as const;

/** What the app asks of us: JSON, from wherever it was installed. */
export function apiRoutes(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  push: PushGateway;
  connecting: Connecting;
  knock(act: string, sent: unknown): Promise<Knocked>;
  answered: ReturnType<typeof openAnswers>;
  stream: OpenStream;
  tell: Tell;
  addressOf(request: IncomingMessage): string | undefined;
}): FastifyPluginAsync {
  const { storage, clock, audit, push, connecting } = deps;
  const { db, sealer } = storage;

  /** What a registered device may ask, by the last part of the path. */
  const acts: Readonly<
    Record<string, (device: Signer, body: unknown, request: FastifyRequest) => Promise<object>>
  > = {
    async pull(device, body) {
      read(api.nothing, body);
      const now = clock.now();
      const open = openFor(device, await latestOf(db, [device.user]), now);
      return { requests: open.map(askedOf), now } satisfies api.Pulled;
    },
    async answer(device, body, request) {
      const outcome = await deps.answered(device, read(api.answer, body), deps.addressOf(request.raw));
      return { outcome, now: clock.now() } satisfies api.Answered;
    },
    async subscribe(device, body) {
      const { subscription } = read(api.subscribe, body);
      await subscribe(db, sealer, device, accepted(push, subscription));
      return { now: clock.now() } satisfies api.Done;
    },
    async rename(device, body, request) {
      const named = readName(read(api.rename, body).name);
      if (!named.ok) throw new Refused('name');
      await storage.tx(async tx => {
        if (!(await devices.rename(tx, device.id, device.user, named.name))) return;
        await audit.record(tx, {
          kind: 'credential.changed',
          user: device.user,
          actor: { is: 'user', id: device.user },
          address: deps.addressOf(request.raw),
          detail: { method: 'authenticator', credential: device.name, name: named.name },
        });
        const credential = { method: 'authenticator', detail: device.name } as const;
        await deps.tell(tx, { user: device.user, what: 'renamed', credential, name: named.name });
      });
      return { now: clock.now() } satisfies api.Done;
    },
  };

  async function known(act: string, request: FastifyRequest) {
    const knocked = await deps.knock(act, request.body);
    if (!knocked.known) throw new Refused(knocked.error);
    return knocked;
  }

  return async server => {
    // The app may have been installed from another organisation.
    server.addHook('onRequest', async (_request, reply) => {
      reply.header('Access-Control-Allow-Origin', '*');
    });
    server.setErrorHandler((error: FastifyError, request, reply) => {
      const wrong = wrongOf(error);
      if (status[wrong] >= 500) request.log.error({ err: error, number: request.id }, wrong);
      if (wrong === 'busy') reply.header('Retry-After', '2');
      return reply.code(status[wrong]).send({ error: wrong, now: clock.now() } satisfies api.Wrong);
    });
    server.addHook('preClose', async () => deps.stream.close());

    server.options(`${path}/*`, preflight);
    server.get(`${path}/about`, async () => connecting.about());
    server.post(`${path}/register/look`, machine, ({ body }) => connecting.look(body));
    server.post(`${path}/register`, machine, ({ body, raw }) =>
      connecting.register(body, deps.addressOf(raw)),
    );
    for (const [act, work] of Object.entries(acts))
      server.post(`${path}/device/${act}`, machine, async request => {
        const { device, body } = await known(act, request);
        return work(device, body, request);
      });
    server.post(`${path}/device/stream`, machine, async (request, reply) => {
      const { device, body } = await known('stream', request);
      read(api.nothing, body);
      deps.stream.to(device, reply);
      return reply;
    });
  };
}

const preflight = async (_request: FastifyRequest, reply: FastifyReply) =>
  reply
    .header('Access-Control-Allow-Methods', 'GET, POST')
    .header('Access-Control-Allow-Headers', 'content-type')
    .header('Access-Control-Max-Age', '86400')
    .code(204)
    .send();

function wrongOf(error: FastifyError): api.Wrong['error'] {
  if (error instanceof Refused) return error.error;
  if (isPassing(error)) return 'busy';
  return error.statusCode !== undefined && error.statusCode < 500 ? 'malformed' : 'surprise';
}
