import { createHmac } from 'node:crypto';
import { connect, createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';

/**
 * The channel to an agent on another machine: TLS whose both ends prove that they know one shared secret
 * (RFC 4279, RFC 8442), with new keys for every connection. There is no certificate to issue, and nobody
 * without the secret gets a word in or out.
 */
const identity = 'genkan-voice';
const suite = {
  ciphers: 'ECDHE-PSK-CHACHA20-POLY1305',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
} as const satisfies TlsOptions;

/** Whoever stands in the way of a connection could try short ones at leisure. */
export const shortestAgentSecret = 24;

const keyOf = (secret: string): Buffer => createHmac('sha256', secret).update('genkan voice agent').digest();

export function listenWithSecret(secret: string, onSocket: (socket: TLSSocket) => void): Server {
  const psk = keyOf(secret);
  const server = createServer(
    { ...suite, handshakeTimeout: 5000, pskCallback: (_, who) => (who === identity ? psk : null) },
    onSocket,
  );
  // Whoever has not the secret, or comes for something else.
  server.on('tlsClientError', () => undefined);
  return server;
}

/** The socket is open once it tells 'secureConnect'; before, and instead, it may tell 'error' or 'close'. */
export const connectWithSecret = (
  where: { readonly host: string; readonly port: number },
  secret: string,
): TLSSocket =>
  connect({
    ...where,
    ...suite,
    pskCallback: () => ({ psk: keyOf(secret), identity }),
    // There is no certificate: the secret has proven who is there.
    checkServerIdentity: () => undefined,
  });
