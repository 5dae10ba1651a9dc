export type { EndReason } from './leg.ts';
export {
  type Leg,
  type LegEvent,
  type LegOptions,
  type LineSettings,
  type LineState,
  openUserAgent,
  type UserAgent,
} from './user-agent.ts';
