import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { openFramer } from '../../../wire/sip/index.ts';
import type { Arrivals, Flow, Target, Transport, TransportSettings } from './transport.ts';

const connectWithin = 5000;
/** more that waits to be sent means that the peer does not read */
const longestQueue = 1_000_000;

/**
 * TCP and TLS. Requests of the peer come over the connections that we opened, as through any NAT;
 * one that broke is opened anew when something is to be sent.
 */
export function openStreams(settings: TransportSettings, arrivals: Arrivals): Transport {
  const flows = new Map<string, Promise<Flow | undefined>>();
  const sockets = new Set<Socket>();

  function open(target: Target, key: string): Promise<Flow | undefined> {
    return new Promise(resolve => {
      const socket = dial(target, settings);
      sockets.add(socket);
      const tooLate = setTimeout(() => socket.destroy(), connectWithin);
      let flow: Flow | undefined;
      socket.once(target.protocol === 'tls' ? 'secureConnect' : 'connect', () => {
        clearTimeout(tooLate);
        socket.setNoDelay(true);
        socket.setKeepAlive(true, 30_000);
        flow = flowOver(socket, target);
        listen(socket, flow);
        resolve(flow);
      });
      // Why it broke does not matter: whoever waits on it goes on to the next proxy.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        clearTimeout(tooLate);
        sockets.delete(socket);
        flows.delete(key);
        if (flow) arrivals.broken(flow);
        resolve(undefined);
      });
    });
  }

  function listen(socket: Socket, flow: Flow): void {
    const framer = openFramer();
    socket.on('data', chunk => {
      for (const framed of framer.push(chunk)) {
        if (framed.parsed === true) arrivals.message(framed.message, flow);
        else if (framed.parsed === 'ping') socket.write('\r\n');
        else {
          arrivals.nonsense(framed.reason);
          if (framed.parsed === 'lost') socket.destroy();
        }
      }
    });
  }

  return {
    flow(target) {
      const key = `${target.protocol} ${target.address} ${target.port}`;
      const known = flows.get(key);
      if (known) return known;
      const opening = open(target, key).catch((error: unknown) => {
        // A certificate or key of ours that is none: an operator has to see it, and the other lines go on.
        flows.delete(key);
        const because = error instanceof Error ? error.message : String(error);
        arrivals.nonsense(`${target.protocol.toUpperCase()} cannot be used: ${because}`);
        return undefined;
      });
      flows.set(key, opening);
      return opening;
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function dial({ protocol, address, port, name }: Target, { tls, address: ours }: TransportSettings): Socket {
  const place = {
    host: address,
    port,
    ...(ours !== undefined && isIP(ours) === isIP(address) ? { localAddress: ours } : {}),
  };
  if (protocol === 'tcp') return connectTcp(place);
  return connectTls({
    ...place,
    ...tls,
    minVersion: 'TLSv1.2',
    ...(isIP(name) === 0 ? { servername: name } : {}),
  });
}

function flowOver(socket: Socket, target: Target): Flow {
  const local = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
  return {
    target,
    local,
    send(bytes) {
      if (socket.writableLength > longestQueue) socket.destroy();
      else if (!socket.destroyed) socket.write(bytes);
    },
  };
}
