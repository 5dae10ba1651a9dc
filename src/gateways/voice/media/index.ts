import { randomBytes } from 'node:crypto';
import { srtpKeyLength } from '../../../wire/rtp/index.ts';
import type { MediaDeps, MediaEngine, MediaSession, SrtpKey } from './media.ts';
import { openPacer } from './pacer.ts';
import { openPorts } from './ports.ts';
import { openSession } from './session.ts';

export type {
  Codec,
  LocalMedia,
  MediaDeps,
  MediaEngine,
  MediaSession,
  MediaStatistics,
  Playing,
  RemoteMedia,
  Sound,
  SrtpKey,
  SrtpSuite,
} from './media.ts';
export { openSound } from './sound.ts';

/** The sound of all calls of a process: one clock, one range of ports. */
export function openMediaEngine(deps: MediaDeps): MediaEngine {
  const monotonic = deps.monotonic ?? (() => performance.now());
  const pacer = openPacer(monotonic);
  const ports = openPorts(deps.ports);
  const open = new Set<MediaSession>();

  return {
    async open({ family, address, srtp }) {
      const pair = await ports.take(family, address);
      const session: MediaSession = openSession({
        pair,
        local: { address, port: pair.port, rtcpPort: pair.port + 1, crypto: srtp ? newKeys() : [] },
        family,
        pacer,
        quietAfter: deps.quietAfter,
        monotonic,
        voiceFrom: deps.voiceFrom ?? 'announced',
        note: deps.note ?? (() => undefined),
        closed: () => open.delete(session),
      });
      open.add(session);
      return session;
    },
    sessions: () => open.size,
    close() {
      for (const session of open) session.close();
    },
  };
}

const newKeys = (): SrtpKey[] =>
  (['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const).map(suite => ({
    suite,
    key: randomBytes(srtpKeyLength),
  }));
