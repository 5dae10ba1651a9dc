import { connect, createServer, type Socket } from 'node:net';

/** What stands before the nodes of an installation: each connection goes to one that answers. */
export interface Balancer {
  readonly port: number;
  close(): Promise<void>;
}

/** @param loses asked once for each request: whether its answer is lost, after everything was done */
export async function openBalancer(
  port: number,
  backends: readonly number[],
  loses: () => boolean = () => false,
): Promise<Balancer> {
  const open = new Set<Socket>();
  let turn = 0;
  const server = createServer(client => {
    open.add(client);
    client.once('close', () => open.delete(client));
    client.on('error', () => undefined);
    turn += 1;
    const inTurn = backends.map((_, i) => backends[(i + turn) % backends.length] ?? 0);
    reach(client, inTurn);
  });
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));

  function reach(client: Socket, [first, ...others]: readonly number[]): void {
    if (first === undefined) {
      client.destroy();
      return;
    }
    const node = connect(first, '127.0.0.1');
    let connected = false;
    node.once('connect', () => {
      connected = true;
      let lost = false;
      client.on('data', (said: Buffer) => {
        if (/^(?:GET|POST) /.test(said.toString('latin1', 0, 5))) lost = loses();
      });
      node.on('data', () => {
        if (lost) client.destroy();
      });
      client.pipe(node).pipe(client);
    });
    node.once('error', () => {
      if (!connected) reach(client, others);
    });
    node.once('close', () => {
      if (connected) client.destroy();
    });
    client.once('close', () => node.destroy());
  }

  return {
    port,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
