// The steps of both manuals once more, in a browser, and with every text and call over a wire: SMPP, SIP and voice.
import { describe } from 'node:test';
import type { House } from '../../cast/house.ts';
import { proofOnAnalogLine } from '../../cast/manuals/analog-line.ts';
import { changesPhoneOnCampus } from '../../cast/manuals/change-of-phone.ts';
import { proofAtTheDesk } from '../../cast/manuals/office-phone.ts';
import { registersByCall, registersByText } from '../../cast/manuals/registration.ts';
import { signsInByCall, signsInByText } from '../../cast/manuals/sign-in.ts';
import { stage } from '../../cast/stage.ts';
import { netSmppIsHere } from '../sms/net-smpp.ts';
import { baresipIsMissing } from '../voice/baresip.ts';
import { wired } from './telephones.ts';

const everyone = async (house: House): Promise<void> => {
  await house.given.setting('registration', { startsOn: '2026-04-01' });
  await house.given.setting('securityInfo', { onTrustedNetwork: 'password' });
  await house.given.campusSkip();
};

describe('over wires, the first registration', { skip: baresipIsMissing || !netSmppIsHere() }, () => {
  const at = stage(everyone, { openTelephones: wired });
  registersByText(at);
  registersByCall(at);
  proofOnAnalogLine(at, true);
  proofAtTheDesk(at);
});

describe('over wires, what follows it', { skip: baresipIsMissing || !netSmppIsHere() }, () => {
  const at = stage(everyone, { openTelephones: wired });
  signsInByText(at);
  signsInByCall(at);
  changesPhoneOnCampus(at);
});
