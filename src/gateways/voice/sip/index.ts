export type { EndReason } from './leg.ts';
export { systemTime, type Time } from './time.ts';
export {
  isProxy,
  type Leg,
  type LegEvent,
  type LegOptions,
  type LineSettings,
  type LineState,
  openUserAgent,
  type UserAgent,
} from './user-agent.ts';
