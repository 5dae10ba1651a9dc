import { openAttempts } from '../storage/index.ts';
import type { SignIn } from './sign-in.ts';

export const signIns = openAttempts<SignIn>('sign_ins', ({ aim, loginName, evidence, asked, step }) => ({
  aim,
  loginName,
  evidence,
  asked,
  step,
}));
