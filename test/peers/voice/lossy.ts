import { createSocket, type Socket } from 'node:dgram';

export interface LossyRoad {
  readonly port: number;
  /** datagrams that did not arrive: on the way there, and on the way back */
  lost(): { readonly there: number; readonly back: number };
  close(): Promise<void>;
}

/**
 * A road to a port of this machine on which every n-th datagram is lost, each way. What simulates its own losses knows
 * that an answer of its own is gone, and then takes the repeated question for a new one: only a road loses honestly.
 */
export async function openLossyRoad(to: number, every: number): Promise<LossyRoad> {
  const [front, back] = await Promise.all([bound(), bound()]);
  let caller = 0;
  const there = loss(every);
  const home = loss(every);
  front.on('message', (datagram, { port }) => {
    caller = port;
    if (!there.loses()) back.send(datagram, to, '127.0.0.1');
  });
  back.on('message', datagram => {
    if (!home.loses()) front.send(datagram, caller, '127.0.0.1');
  });
  return {
    port: front.address().port,
    lost: () => ({ there: there.lost(), back: home.lost() }),
    async close() {
      await Promise.all([front, back].map(socket => new Promise<void>(closed => socket.close(closed))));
    },
  };
}

function loss(every: number) {
  let seen = 0;
  return {
    loses: () => ++seen % every === 0,
    lost: () => Math.floor(seen / every),
  };
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>(done => socket.bind(0, '127.0.0.1', done));
  return socket;
}
