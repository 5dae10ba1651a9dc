import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { pressesIn, promptOf, questionOf } from '../gateways/index.ts';
import { parseAddress } from '../http/address.ts';
import type { CallSeen } from './call.ts';
import type { Done, Network } from './network.ts';
import { telephoneNumber } from './number.ts';

type Phone = { Params: { number: string } };
type Call = { Params: { number: string; call: string } };

const prefix = '/simulator/api/phones/:number';

/**
 * The JSON window of the simulator (docs/guides/simulator.md). Its requests carry no form token, so it
 * answers only programs on this machine, and no page of another site in a browser here.
 */
export function apiRoutes(network: Network): FastifyPluginAsync {
  return async server => {
    server.addHook('onRequest', async (request, reply) => {
      const site = request.headers['sec-fetch-site'];
      const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
      if (foreign || !isLoopback(request.socket.remoteAddress))
        return fail(reply, 403, 'only programs on this machine may ask');
    });
    // A program that has nothing to send may say so with an empty JSON body.
    server.removeContentTypeParser('application/json');
    server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    const machine = { config: { machine: true as const } };

    server.get<Phone>(prefix, machine, async (request, reply) => {
      const number = telephoneNumber(request.params.number);
      if (!number) return noNumber(reply);
      const { messages, calls } = network.phone(number);
      return {
        number,
        messages: messages.map(({ id, at, text }) => ({ id, at: new Date(at).toISOString(), text })),
        calls: calls.map(callJson),
      };
    });
    server.delete<Phone>(prefix, machine, async (request, reply) => {
      const number = telephoneNumber(request.params.number);
      if (!number) return noNumber(reply);
      network.empty(number);
      return reply.code(204).send();
    });

    const act = (
      path: string,
      work: (
        number: NonNullable<ReturnType<typeof telephoneNumber>>,
        request: FastifyRequest<Call>,
      ) => Done | 'no-keys',
    ): void => {
      server.post<Call>(`${prefix}/calls/:call/${path}`, machine, async (request, reply) => {
        const number = telephoneNumber(request.params.number);
        if (!number) return noNumber(reply);
        const done = work(number, request);
        const call = network.phone(number).calls.find(({ id }) => id === request.params.call);
        if (done === 'no-keys') return fail(reply, 400, 'send {"keys":"*#"}: 0-9, * and #');
        if (done === 'no-such-call' || !call) return fail(reply, 404, 'there is no such call');
        if (done === 'not-now') return fail(reply, 409, `the call is ${call.state}`);
        return callJson(call);
      });
    };
    act('answer', (number, { params }) => network.answer(number, params.call));
    act('hangup', (number, { params }) => network.hangUp(number, params.call));
    act('keys', (number, { params, body }) => {
      const keys = keysIn(body);
      return keys ? network.press(number, params.call, keys) : 'no-keys';
    });
  };
}

const callJson = ({ id, at, state, script }: CallSeen) => ({
  id,
  at: new Date(at).toISOString(),
  state,
  prompt: promptOf(script.language, questionOf(script)).text,
  ...(script.extension === undefined ? {} : { extension: script.extension }),
});

function keysIn(body: unknown): ReturnType<typeof pressesIn> {
  if (typeof body !== 'string') return undefined;
  try {
    const { keys }: { keys?: unknown } = JSON.parse(body) ?? {};
    return typeof keys === 'string' && keys !== '' && keys.length <= 100 ? pressesIn(keys) : undefined;
  } catch {
    // What is no JSON has no keys in it; the answer says what to send.
    return undefined;
  }
}

const fail = (reply: FastifyReply, status: number, error: string) => reply.code(status).send({ error });
const noNumber = (reply: FastifyReply) => fail(reply, 400, 'this is not a telephone number');

function isLoopback(text: string | undefined): boolean {
  const address = parseAddress(text ?? '');
  if (!address) return false;
  return address.family === 4 ? address.text.startsWith('127.') : address.value === 1n;
}
