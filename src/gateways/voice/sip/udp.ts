import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { parseMessage } from '../../../wire/sip/index.ts';
import type { Arrivals, Flow, Target, Transport, TransportSettings } from './transport.ts';

/** One port for each family; which of our addresses a peer sees is asked of the kernel. */
export function openUdp(settings: TransportSettings, arrivals: Arrivals): Transport {
  const sockets = new Map<4 | 6, Promise<Socket>>();
  const flows = new Map<string, Flow>();
  let closed = false;

  function socketOf(family: 4 | 6): Promise<Socket> {
    const known = sockets.get(family);
    if (known) return known;
    const opening = bind(family);
    sockets.set(family, opening);
    opening.catch(() => sockets.delete(family));
    return opening;
  }

  async function bind(family: 4 | 6): Promise<Socket> {
    const socket = createSocket({ type: `udp${family}`, ipv6Only: family === 6 });
    const ours = settings.address !== undefined && isIPv6(settings.address) === (family === 6);
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(settings.port, ours ? settings.address : undefined, resolve);
    });
    socket.removeAllListeners('error');
    // What the network says of one datagram (unreachable, too long) is found out by not being answered.
    socket.on('error', () => undefined);
    socket.on('message', (bytes, from) => {
      if (bytes.length <= 4) return;
      const parsed = parseMessage(bytes);
      if (!parsed.parsed) return arrivals.nonsense(parsed.reason);
      // Port 0 can be written into a datagram, and nothing can be sent to it: to try would throw.
      if (from.port === 0) return arrivals.nonsense('from nowhere');
      const target: Target = { protocol: 'udp', address: from.address, port: from.port, name: from.address };
      // Whom we never spoke to is only answered: that costs nothing, however many they are.
      const flow = flows.get(keyOf(target)) ?? over(socket, target, socket.address().address);
      arrivals.message(parsed.message, flow);
    });
    return socket;
  }

  async function flowTo(target: Target, socket: Socket): Promise<Flow> {
    const key = keyOf(target);
    const known = flows.get(key);
    if (known) return known;
    const flow = over(socket, target, await localAddressTowards(target));
    if (flows.size > 10_000) flows.clear();
    flows.set(key, flow);
    return flow;
  }

  const over = (socket: Socket, target: Target, address: string): Flow => ({
    target,
    local: { address, port: socket.address().port },
    send(bytes) {
      if (!closed) socket.send(bytes, target.port, target.address);
    },
  });

  return {
    async flow(target) {
      try {
        return await flowTo(target, await socketOf(isIPv6(target.address) ? 6 : 4));
      } catch (error) {
        arrivals.nonsense(`UDP cannot be used: ${error instanceof Error ? error.message : error}`);
        return undefined;
      }
    },
    close() {
      closed = true;
      for (const opening of sockets.values()) opening.then(socket => socket.close()).catch(() => undefined);
      sockets.clear();
    },
  };
}

const keyOf = ({ address, port }: Target): string => `${address} ${port}`;

/** A socket that is connected knows which of our addresses it sends from; nothing is sent. */
export function localAddressTowards({ address, port }: { address: string; port: number }): Promise<string> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', error => {
      socket.close();
      reject(error);
    });
    socket.connect(port, address, () => {
      resolve(socket.address().address);
      socket.close();
    });
  });
}
