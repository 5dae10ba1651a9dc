import type { FastifyReply } from 'fastify';
import { type Clock, minutes, seconds } from '../../kit/clock.ts';
import type { Asked, Pulled } from './api.ts';
import type { Signer } from './devices.ts';
import type { Request } from './requests.ts';
import type { Watch } from './watch.ts';

/** ms of silence after which a line is sent that says nothing, and of a stream as a whole */
const heartbeat = seconds(15);
const longest = minutes(5);

export interface OpenStream {
  /** Answers with events for as long as the app listens. A device has one stream: the newest. */
  to(device: Signer, reply: FastifyReply): void;
  close(): void;
}

/** Server-sent events (HTML §9.2): what was asked of a device, told while its app is open. */
export function openStreams({ watch, clock }: { watch: Watch; clock: Clock }): OpenStream {
  const streams = new Map<string, () => void>();
  return {
    to(device, reply) {
      streams.get(device.id)?.();
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        // A proxy that gathers the answer would tell too late.
        'x-accel-buffering': 'no',
      });
      raw.write(':\n\n');
      const silence = watch.listen(device, open => {
        const told: Pulled = { requests: open.map(askedOf), now: clock.now() };
        raw.write(`event: requests\ndata: ${JSON.stringify(told)}\n\n`);
      });
      const beating = setInterval(() => raw.write(':\n\n'), heartbeat).unref();
      const ending = setTimeout(() => end(), longest).unref();
      const end = (): void => {
        silence();
        clearInterval(beating);
        clearTimeout(ending);
        if (streams.get(device.id) === end) streams.delete(device.id);
        raw.end();
      };
      streams.set(device.id, end);
      raw.on('close', end);
    },
    close() {
      for (const end of streams.values()) end();
      watch.close();
    },
  };
}

/** What a device is told of a request. The number is not among it. */
export const askedOf = (request: Request): Asked => ({
  request: request.id,
  challenge: request.challenge.toString('base64url'),
  user: request.user,
  purpose: request.purpose,
  application: request.shown.application,
  place: { trusted: request.shown.trusted, address: request.shown.address },
  askedAt: request.askedAt,
  expiresAt: request.expiresAt,
  digits: 2,
});
