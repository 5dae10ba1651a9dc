import { directory } from './0001-directory.ts';
import { signIn } from './0002-sign-in.ts';
import { methods } from './0003-methods.ts';
import { audit } from './0004-audit.ts';
import { oidc } from './0005-oidc.ts';
import { delivery } from './0006-delivery.ts';
import { externalMfa } from './0007-external-mfa.ts';
import { passkeys } from './0008-passkeys.ts';
import { passesAndCodes } from './0009-passes-and-codes.ts';
import { hardwareTokens } from './0010-hardware-tokens.ts';
import { passkeyReminders } from './0011-passkey-reminders.ts';
import { authenticator } from './0012-authenticator.ts';
import { push } from './0013-push.ts';
import { strengths } from './0014-strengths.ts';
import { deliveryReferences } from './0015-delivery-references.ts';
import { deliveryCosts } from './0016-delivery-costs.ts';
import { pausesAndHolders } from './0017-pauses-and-holders.ts';
import { numberReports } from './0018-number-reports.ts';

/** Numbered, frozen once released, one idea each; each statement may be repeated by the next start. */
export const migrations: readonly { number: number; name: string; statements: readonly string[] }[] = [
  { number: 1, name: 'directory', statements: directory },
  { number: 2, name: 'sign-in', statements: signIn },
  { number: 3, name: 'methods', statements: methods },
  { number: 4, name: 'audit', statements: audit },
  { number: 5, name: 'oidc', statements: oidc },
  { number: 6, name: 'delivery', statements: delivery },
  { number: 7, name: 'external-mfa', statements: externalMfa },
  { number: 8, name: 'passkeys', statements: passkeys },
  { number: 9, name: 'passes-and-codes', statements: passesAndCodes },
  { number: 10, name: 'hardware-tokens', statements: hardwareTokens },
  { number: 11, name: 'passkey-reminders', statements: passkeyReminders },
  { number: 12, name: 'authenticator', statements: authenticator },
  { number: 13, name: 'push', statements: push },
  { number: 14, name: 'strengths', statements: strengths },
  { number: 15, name: 'delivery-references', statements: deliveryReferences },
  { number: 16, name: 'delivery-costs', statements: deliveryCosts },
  { number: 17, name: 'pauses-and-holders', statements: pausesAndHolders },
  { number: 18, name: 'number-reports', statements: numberReports },
];
