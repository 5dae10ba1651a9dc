import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One message that a server handed over (RFC 8030 §5). */
export interface PushedMessage {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
}

/** A push service as Firefox wants one: it speaks with the browser over a WebSocket, and takes messages by HTTP. */
export interface PushService {
  /** for `dom.push.serverURL` */
  readonly address: string;
  readonly taken: readonly PushedMessage[];
  /** what the browser said became of each message (100: a worker took it), and ms after we had it */
  readonly acknowledged: readonly { readonly code: number; readonly after: number }[];
  /** Waits for so many. */
  delivered(count: number): Promise<void>;
  /** channels that the browser registered so far */
  readonly channels: readonly string[];
  /** Forgets every browser, as a service does that lost its memory: they have to subscribe anew. */
  forget(): void;
  close(): Promise<void>;
}

interface FromBrowser {
  readonly messageType?: string;
  readonly uaid?: string;
  readonly channelID?: string;
  readonly updates?: readonly { readonly code?: number }[];
}

export async function openPushService(): Promise<PushService> {
  const taken: PushedMessage[] = [];
  const acknowledged: { code: number; after: number }[] = [];
  let takenAt = 0;
  const channels: string[] = [];
  const browsers = new Set<Socket>();
  const live = new Map<string, Socket>();
  let agent = randomUUID();
  const waiting = new Set<() => void>();

  const server = createServer(async (request, response) => {
    const channel = request.url?.split('/').at(-1) ?? '';
    const browser = live.get(channel);
    if (request.method !== 'POST' || !browser) return response.writeHead(410).end();
    const bytes = await buffer(request);
    takenAt = performance.now();
    taken.push({ headers: request.headers, bytes });
    tell(browser, {
      messageType: 'notification',
      channelID: channel,
      version: randomUUID(),
      data: bytes.toString('base64url'),
      headers: { encoding: request.headers['content-encoding'] },
    });
    response.writeHead(201, { location: `/m/${randomUUID()}`, ttl: String(request.headers.ttl) }).end();
  });

  function answer(browser: Socket, message: FromBrowser): void {
    const channel = message.channelID ?? '';
    const reply = replyTo(browser, message, channel);
    if (reply) tell(browser, reply);
  }

  function replyTo(browser: Socket, message: FromBrowser, channelID: string): object | undefined {
    switch (message.messageType) {
      case 'hello':
        return { messageType: 'hello', uaid: agent, status: 200, use_webpush: true, broadcasts: {} };
      case 'register': {
        channels.push(channelID);
        live.set(channelID, browser);
        const pushEndpoint = `http://127.0.0.1:${port}/wpush/v2/${channelID}`;
        return { messageType: 'register', channelID, status: 200, pushEndpoint };
      }
      case 'unregister':
        live.delete(channelID);
        return { messageType: 'unregister', channelID, status: 200 };
      case 'ack':
        for (const { code = 0 } of message.updates ?? [])
          acknowledged.push({ code, after: performance.now() - takenAt });
        for (const look of waiting) look();
        return undefined;
      // `{}` is its ping.
      case undefined:
        return {};
    }
    return undefined;
  }

  server.on('upgrade', (request, socket: Socket) => {
    acceptUpgrade(request, socket);
    browsers.add(socket);
    socket.on('close', () => browsers.delete(socket));
    socket.on('error', () => socket.destroy());
    onText(socket, text => answer(socket, JSON.parse(text) as FromBrowser));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    address: `ws://127.0.0.1:${port}/`,
    taken,
    acknowledged,
    channels,
    delivered: count =>
      new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`${acknowledged.length} of ${count} messages were delivered`)),
          90_000,
        );
        const look = () => {
          if (acknowledged.length < count) return;
          waiting.delete(look);
          clearTimeout(late);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    forget() {
      agent = randomUUID();
      live.clear();
      for (const browser of browsers) browser.destroy();
    },
    async close() {
      for (const browser of browsers) browser.destroy();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** RFC 6455 §4.2.2. */
function acceptUpgrade(request: IncomingMessage, socket: Socket): void {
  const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const protocol = request.headers['sec-websocket-protocol'];
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`,
      ...(protocol ? [`Sec-WebSocket-Protocol: ${protocol}`] : []),
      '\r\n',
    ].join('\r\n'),
  );
}

function tell(socket: Socket, message: object): void {
  socket.write(frame(1, Buffer.from(JSON.stringify(message))));
}

/** RFC 6455 §5.2: whole messages only, unmasked, as a server sends them. */
function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([0x80 | opcode, length])
      : Buffer.from([0x80 | opcode, 126, length >> 8, length & 0xff]);
  return Buffer.concat([head, payload]);
}

/** Reads what a browser sends: masked, in one frame each, and small. */
function onText(socket: Socket, read: (text: string) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', chunk => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const short = (rest[1] ?? 0) & 0x7f;
      const at = short === 126 ? 4 : 2;
      if (rest.length < at + 4) return;
      const length = short === 126 ? rest.readUInt16BE(2) : short;
      if (rest.length < at + 4 + length) return;
      const mask = rest.subarray(at, at + 4);
      const payload = Buffer.from(
        rest.subarray(at + 4, at + 4 + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0)),
      );
      const opcode = (rest[0] ?? 0) & 0x0f;
      rest = rest.subarray(at + 4 + length);
      if (opcode === 1) read(payload.toString());
      else if (opcode === 8) socket.end(frame(8, payload));
      else if (opcode === 9) socket.write(frame(10, payload));
    }
  });
}
