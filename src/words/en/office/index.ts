import { applications } from './applications.ts';
import { audit } from './audit.ts';
import { commands } from './commands.ts';
import { explain } from './explain.ts';
import { fields } from './fields.ts';
import { files } from './files.ts';
import { gateways } from './gateways.ts';
import { groups } from './groups.ts';
import { headings } from './headings.ts';
import { imports } from './imports.ts';
import { keys } from './keys.ts';
import { locations } from './locations.ts';
import { news } from './news.ts';
import { options } from './options.ts';
import { outcome } from './outcome.ts';
import { passes } from './passes.ts';
import { policies } from './policies.ts';
import { recordings } from './recordings.ts';
import { roles } from './roles.ts';
import { settings } from './settings.ts';
import { strengths } from './strengths.ts';
import { tokens } from './tokens.ts';
import { usage } from './usage.ts';
import { users } from './users.ts';
import { voiceAgent } from './voice-agent.ts';

/** What the office reads at its command line, and in its mail. */
export const office = {
  applications,
  audit,
  commands,
  explain,
  fields,
  files,
  gateways,
  groups,
  headings,
  imports,
  keys,
  locations,
  news,
  options,
  outcome,
  passes,
  policies,
  recordings,
  roles,
  settings,
  strengths,
  tokens,
  usage,
  users,
  voiceAgent,
};
