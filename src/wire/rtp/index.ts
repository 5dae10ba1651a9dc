export { aLaw, type Companding, muLaw } from './g711.ts';
export { isRtcp, type Malformed, type RtpPacket, readRtp, writeRtp } from './packet.ts';
export { type Heard, openReception, type Reception } from './reception.ts';
export { type ReportBlock, type RtcpPacket, readRtcp, type SenderInfo, writeRtcp } from './rtcp.ts';
export {
  openSrtpReceiver,
  openSrtpSender,
  type SrtpKey,
  type SrtpReceiver,
  type SrtpSender,
  type SrtpSuite,
  srtpKeyLength,
} from './srtp.ts';
export {
  type EventFrame,
  eventFrames,
  eventKeys,
  type KeyReader,
  openKeyReader,
  readTelephoneEvent,
  type TelephoneEvent,
  writeTelephoneEvent,
} from './telephone-event.ts';
export { openToneDetector, type ToneDetector } from './tone-detector.ts';
export { toneSamples } from './tones.ts';
