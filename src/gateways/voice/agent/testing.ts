import { freePorts } from '../../../kit/testing.ts';
import { cseqOf, headerOf, type SipRequest } from '../../../wire/sip/index.ts';
import type { CallScript, CallState } from '../../gateway.ts';
import { openTelephone, type Telephone } from '../media/testing.ts';
import { openPeer, type Peer } from '../sip/testing.ts';
import { lineSettings, type VoiceLine } from './settings.ts';

/** A telephone with both halves: signalling that the test says word by word, and a voice. */
export interface Handset extends Peer {
  /** takes the next call: the request that brought it */
  rings(): Promise<SipRequest>;
  /** picks up; without `events` it understands no telephone-events */
  answer(
    invite: SipRequest,
    how?: { readonly events?: boolean; readonly sdp?: readonly string[] },
  ): Promise<Telephone>;
}

export async function openHandset(at = '127.0.0.1'): Promise<Handset> {
  const peer = await openPeer(at);
  const net = `IN IP${at.includes(':') ? 6 : 4} ${at}`;
  const telephones: Telephone[] = [];
  const answering = setInterval(() => {
    const asked = peer.requests('OPTIONS').slice(answered);
    answered += asked.length;
    for (const options of asked) peer.reply(options, 200);
  }, 20);
  let answered = 0;
  const taken = new Set<string>();

  /** The next one that is not the same again: on a busy machine what is not answered at once is repeated. */
  async function next(method?: string): Promise<SipRequest> {
    for (;;) {
      const request = await peer.next(method);
      const name = `${headerOf(request, 'call-id')} ${cseqOf(request)?.number} ${request.method}`;
      if (taken.has(name)) continue;
      taken.add(name);
      return request;
    }
  }

  return {
    ...peer,
    next,
    async rings() {
      const invite = await next('INVITE');
      peer.reply(invite, 180);
      return invite;
    },
    async answer(invite, { events = true, sdp: more = [] } = {}) {
      const sdp = invite.body.toString();
      const port = Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);
      const address = /^c=IN IP[46] (\S+)/m.exec(sdp)?.[1] ?? '';
      const telephone = await openTelephone({ address, port }, { address: at });
      telephones.push(telephone);
      const body = [
        'v=0',
        `o=- 1 1 ${net}`,
        's=-',
        `c=${net}`,
        't=0 0',
        `m=audio ${telephone.port} RTP/AVP 0${events ? ' 101' : ''}`,
        ...(events ? ['a=rtpmap:101 telephone-event/8000'] : []),
        ...more,
        '',
      ].join('\r\n');
      peer.reply(invite, 200, { content: { type: 'application/sdp', body } });
      const call = headerOf(invite, 'call-id');
      while (headerOf(await next('ACK'), 'call-id') !== call);
      return telephone;
    },
    close() {
      clearInterval(answering);
      for (const telephone of telephones) telephone.close();
      peer.close();
    },
  };
}

const mediaPorts = await freePorts(300);

export const lineTo = (
  peer: Peer,
  more: Partial<Parameters<typeof lineSettings.parse>[0] & object> = {},
): VoiceLine => {
  return lineSettings.parse({
    proxies: [`sip:127.0.0.1:${peer.port}`],
    user: 'genkan',
    calls: 20,
    mediaPorts,
    ...more,
  });
};

export const askPound: CallScript = { language: 'ja', expect: { keys: '#' } };

export const callee = '+81312345678';

/** What was told of a call, and a promise of its end. */
export function listening() {
  const states: CallState[] = [];
  const waiting = new Set<() => void>();
  return {
    states,
    tell(state: CallState): void {
      states.push(state);
      for (const look of waiting) look();
    },
    until(state: CallState): Promise<void> {
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`never ${state}, but ${states.join(', ')}`)), 60_000);
        const look = (): void => {
          if (!states.includes(state)) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
  };
}
