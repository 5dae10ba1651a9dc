import { account } from './account.ts';
import { approval } from './approval.ts';
import { authenticator } from './authenticator.ts';
import { demo } from './demo.ts';
import { entra } from './entra.ts';
import { externalMfa } from './external-mfa.ts';
import { field } from './field.ts';
import { office } from './office/index.ts';
import { oidc } from './oidc.ts';
import { page } from './page.ts';
import { pass } from './pass.ts';
import { passkey } from './passkey.ts';
import { password } from './password.ts';
import { phone } from './phone.ts';
import { problems } from './problems.ts';
import { recovery } from './recovery.ts';
import { registration } from './registration.ts';
import { signIn } from './sign-in.ts';
import { simulator } from './simulator.ts';
import { spoken } from './spoken.ts';
import { token } from './token.ts';
import { wait } from './wait.ts';

export const ja = {
  account,
  approval,
  authenticator,
  demo,
  entra,
  externalMfa,
  field,
  office,
  oidc,
  page,
  pass,
  passkey,
  password,
  phone,
  problems,
  recovery,
  registration,
  signIn,
  simulator,
  spoken,
  token,
  wait,
};
