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
