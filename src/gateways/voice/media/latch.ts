/** Where datagrams come from and go to. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/**
 * Whom we listen and talk to (symmetric RTP, RFC 4961). A peer behind address translation sends from elsewhere
 * than it says, so we answer to where its packets come from; but whoever finds the port must not take the call
 * over, nor press its keys.
 */
export interface Latch {
  /**
   * Whether a packet is the peer's. 'not-yet' while a source is not believed.
   * @param at when it came, in ms of a clock that goes on evenly
   * @param isGenuine it was proven to hold the peer's key (SRTP): then it may come from anywhere
   */
  judge(from: Endpoint, packet: { ssrc: number; sequence: number }, at: number, isGenuine: boolean): Judged;
  /** Whether somebody at this address may be the peer, for reports, which come from another port. */
  isPeer(address: string): boolean;
  /** Where to send. */
  target(): Endpoint;
}

export type Judged = 'peer' | 'not-yet' | 'stranger';

/** Packets in order until a source is believed: from the announced address, and from another one. */
const enough = { announced: 2, elsewhere: 10 };
/**
 * ms from the first of them to the last. A voice takes its time; whoever sprays packets at every port in the hope
 * that a call begins there does not, and must not be faster than the phone itself.
 */
const lasting = { announced: 0, elsewhere: 150 };
const mostCandidates = 8;
const longestGap = 100;

interface Candidate extends Endpoint {
  ssrc: number;
  sequence: number;
  inOrder: number;
  since: number;
}

/**
 * - The announced address and port are believed at once.
 * - The announced address with another port after two packets in order, another address after ten that took their time.
 * - Once someone is believed, nobody else is; only the announced address still overrules another one, once.
 */
export function openLatch(announced: Endpoint): Latch {
  let peer: { readonly is: Endpoint; readonly at: 'announced' | 'elsewhere' } | undefined;
  const candidates: Candidate[] = [];

  const believe = (from: Endpoint): Judged => {
    const at = from.address === announced.address ? 'announced' : 'elsewhere';
    peer = { is: { address: from.address, port: from.port }, at };
    candidates.length = 0;
    return 'peer';
  };

  const candidateFor = (
    from: Endpoint,
    packet: { ssrc: number; sequence: number },
    at: number,
  ): Candidate | undefined => {
    const known = candidates.find(one => isSame(one, from));
    if (!known) {
      if (candidates.length >= mostCandidates) return undefined;
      const { address, port } = from;
      const { ssrc, sequence } = packet;
      const begun = { address, port, ssrc, sequence, inOrder: 1, since: at };
      candidates.push(begun);
      return begun;
    }
    const ahead = (packet.sequence - known.sequence) & 0xffff;
    const goesOn = packet.ssrc === known.ssrc && ahead > 0 && ahead < longestGap;
    known.inOrder = goesOn ? known.inOrder + 1 : 1;
    if (!goesOn) known.since = at;
    known.ssrc = packet.ssrc;
    known.sequence = packet.sequence;
    return known;
  };

  return {
    judge(from, packet, at, isGenuine) {
      if (peer && isSame(peer.is, from)) return 'peer';
      if (isGenuine || (!peer && isSame(announced, from))) return believe(from);
      if (peer?.at === 'announced') return 'stranger';
      const place = from.address === announced.address ? 'announced' : 'elsewhere';
      if (peer && place === 'elsewhere') return 'stranger';
      const candidate = candidateFor(from, packet, at);
      if (!candidate) return 'stranger';
      const isBelieved = candidate.inOrder >= enough[place] && at - candidate.since >= lasting[place];
      return isBelieved ? believe(from) : 'not-yet';
    },
    isPeer: address => address === announced.address || address === peer?.is.address,
    target: () => peer?.is ?? announced,
  };
}

const isSame = (a: Endpoint, b: Endpoint): boolean => a.port === b.port && a.address === b.address;
