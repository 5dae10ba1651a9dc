import { isBehindNat } from '../../private-network.ts';

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

/**
 * Whose voice counts. A phone says nothing while nobody speaks, so whoever is first at the port would be it: for a
 * peer that can be reached where it says, nobody elsewhere ever is. 'anywhere': it sends from other public addresses.
 */
export type VoiceFrom = 'announced' | 'anywhere';

export type Judged = 'peer' | 'not-yet' | 'stranger';

/** Packets in order until a source is believed: from the announced address, and from another one. */
const enough = { announced: 2, elsewhere: 10 };
/**
 * ms from the first of them to the last. A voice takes its time; whoever sprays packets at every port in the hope
 * that a call begins there does not, and must not be faster than the phone itself.
 */
const lasting = { announced: 0, elsewhere: 150 };
const mostCandidates = 64;
const longestGap = 100;

interface Candidate extends Endpoint {
  ssrc: number;
  sequence: number;
  inOrder: number;
  since: number;
}

/**
 * - The announced address and port are believed at once.
 * - The announced address with another port after two packets in order.
 * - Another address after ten that took their time, and only where the announced one is behind address translation.
 * - Once someone is believed, nobody else is; only the announced address still overrules another one, once.
 */
export function openLatch(announced: Endpoint, voiceFrom: VoiceFrom = 'announced'): Latch {
  const maySpeakElsewhere = voiceFrom === 'anywhere' || isBehindNat(announced.address);
  let peer: { readonly is: Endpoint; readonly at: 'announced' | 'elsewhere' } | undefined;
  const candidates: Candidate[] = [];

  const believe = (from: Endpoint): Judged => {
    const at = from.address === announced.address ? 'announced' : 'elsewhere';
    peer = { is: { address: from.address, port: from.port }, at };
    candidates.length = 0;
    return 'peer';
  };

  /** Whoever said the least, and of these who came first: forged senders do not keep the phone out. */
  const forgetOne = (): void => {
    const least = Math.min(...candidates.map(({ inOrder }) => inOrder));
    candidates.splice(
      candidates.findIndex(({ inOrder }) => inOrder === least),
      1,
    );
  };

  const candidateFor = (
    from: Endpoint,
    packet: { ssrc: number; sequence: number },
    at: number,
  ): Candidate => {
    const known = candidates.find(one => isSame(one, from));
    if (!known) {
      if (candidates.length >= mostCandidates) forgetOne();
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
      if (place === 'elsewhere' && (peer || !maySpeakElsewhere)) return 'stranger';
      const candidate = candidateFor(from, packet, at);
      const isBelieved = candidate.inOrder >= enough[place] && at - candidate.since >= lasting[place];
      return isBelieved ? believe(from) : 'not-yet';
    },
    isPeer: address => address === announced.address || address === peer?.is.address,
    target: () => peer?.is ?? announced,
  };
}

const isSame = (a: Endpoint, b: Endpoint): boolean => a.port === b.port && a.address === b.address;
