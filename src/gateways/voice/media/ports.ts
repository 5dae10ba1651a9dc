import { createSocket, type Socket } from 'node:dgram';

/** Two sockets next to each other: RTP on an even port, RTCP on the odd one after it (RFC 3550 §11). */
export interface Pair {
  readonly rtp: Socket;
  readonly rtcp: Socket;
  readonly port: number;
}

export interface Ports {
  /** Binds the next pair that nobody has. Throws when there is none, or the address is not ours. */
  take(family: 4 | 6, address: string): Promise<Pair>;
}

export function openPorts(range: { readonly from: number; readonly to: number }): Ports {
  const first = range.from + (range.from % 2);
  const pairs = Math.floor((range.to + 1 - first) / 2);
  if (pairs < 1 || first < 1 || range.to > 65_535)
    throw new RangeError(`${range.from} to ${range.to} has no pair of ports.`);
  // Never the same pair soon again: the last call's peer may still be sending to it.
  let next = Math.floor(Math.random() * pairs);
  return {
    async take(family, address) {
      for (let tried = 0; tried < pairs; tried++) {
        const port = first + 2 * next;
        next = (next + 1) % pairs;
        const rtp = await bind(family, address, port);
        if (rtp === 'in-use') continue;
        const rtcp = await bind(family, address, port + 1);
        if (rtcp !== 'in-use') return { rtp, rtcp, port };
        rtp.close();
      }
      throw new Error(`All ${pairs} pairs of ports from ${range.from} to ${range.to} are in use.`);
    },
  };
}

async function bind(family: 4 | 6, address: string, port: number): Promise<Socket | 'in-use'> {
  const socket = createSocket({
    type: family === 4 ? 'udp4' : 'udp6',
    ipv6Only: family === 6,
    // addresses only, so that a packet leaves at once and not after a look-up
    lookup: (host, _options, found) => found(null, host, family),
  });
  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close();
      if (error.code === 'EADDRINUSE') resolve('in-use');
      else reject(error);
    });
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
