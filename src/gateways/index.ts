export { pausedCountries, resumeCountry } from './brakes.ts';
export { costsBetween, type DayCost, dayOf, sumCosts } from './costs.ts';
export { type Delivery, type Gateways, type Mail, openDelivery } from './deliver.ts';
export { type DeliveryState, isEnd, type Stands } from './deliveries.ts';
export { forgiveSends } from './door.ts';
export type { DriverDeps } from './driver.ts';
export { checkGateways, openGateways } from './drivers.ts';
export { openFraudReports, type ReportFraud } from './fraud.ts';
export {
  type CallScript,
  type CallState,
  callEnds,
  type GatewayState,
  type MailGateway,
  type PhoneNumber,
  type Reports,
  type Taken,
  type Terms,
  type TextGateway,
  type TextOutcome,
  type VoiceGateway,
  type Which,
} from './gateway.ts';
export { openFileMail } from './mail/file.ts';
export { measured } from './measure.ts';
export { metricsText, usedOf } from './metrics.ts';
export { liftNumberReports } from './number-reports.ts';
export { type OfficeNews, openOfficeNews } from './office-news.ts';
export { liftPause, type Pause, type PauseEnd, type PauseRule, pauseOf } from './pauses.ts';
export {
  type CountryCode,
  canBeTexted,
  maskPhoneNumber,
  mayHaveExtension,
  type NumberProblem,
  type NumberRules,
  type PhoneType,
  parsePhoneNumber,
  type Reading,
  type ReadNumber,
  readBack,
} from './phone-number.ts';
export { callTheRoll } from './roll-call.ts';
export type { CallSend, DeliverySettings, NotSent, Sent, TextSend } from './send.ts';
export { type Stage, tryOut, untilKnown } from './trial.ts';
export { openVoiceAgent } from './voice/agent/remote.ts';
export { shortestAgentSecret } from './voice/agent/secret.ts';
export { type Heard, type Press, pressed, pressesIn } from './voice/keys.ts';
export { type PromptName, promptOf, questionOf } from './voice/prompts.ts';
export {
  ownRecordings,
  type RecordingProblem,
  type Survey,
  shippedRecordings,
  surveyRecordings,
} from './voice/recordings.ts';
export { webhookRoutes } from './webhooks.ts';
