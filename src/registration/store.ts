import { openAttempts } from '../storage/index.ts';
import type { Registration } from './registration.ts';

export const registrations = openAttempts<Registration>(
  'registrations',
  ({ loginName, within, returnTo, replacing, offered, asked, step }) => ({
    loginName,
    within,
    returnTo,
    replacing,
    offered,
    asked,
    step,
  }),
);
