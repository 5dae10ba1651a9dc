import type { SipMessage } from '../../../wire/sip/index.ts';

export type Protocol = 'udp' | 'tcp' | 'tls';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** One address of a peer. */
export interface Target extends Endpoint {
  readonly protocol: Protocol;
  /** what its certificate must bear */
  readonly name: string;
}

export const isSamePlace = (a: Endpoint, b: Endpoint): boolean =>
  a.address === b.address && a.port === b.port;

/** A way to a peer that is open: a connection, or our UDP port and its address. */
export interface Flow {
  readonly target: Target;
  /** our end of it: what Via and Contact say, and where media listens */
  readonly local: Endpoint;
  /** A connection that broke tells so to everyone who waits on it. */
  send(bytes: Buffer): void;
}

export const isReliable = ({ target }: Flow): boolean => target.protocol !== 'udp';

/** Where transports tell what arrives. */
export interface Arrivals {
  /** `from` is where it really came from; an answer goes over `flow`. */
  message(message: SipMessage, flow: Flow): void;
  /** Something came that is no SIP: counted, never answered. */
  nonsense(reason: string): void;
  broken(flow: Flow): void;
}

export interface Transport {
  /** Opens a way, or uses the one that is open. Nothing when the peer cannot be reached. */
  flow(target: Target): Promise<Flow | undefined>;
  close(): void;
}

export interface TransportSettings {
  /** the UDP port; 0 takes any */
  readonly port: number;
  /** the address to listen at and to say; without it, that of the interface towards the peer */
  readonly address?: string;
  /** in PEM: whom to trust instead of the public authorities, and our own certificate where the peer wants one */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
}
