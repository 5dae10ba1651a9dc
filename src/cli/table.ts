import type { Command } from './command.ts';
import { applicationCommands } from './commands/applications.ts';
import { auditCommands } from './commands/audit.ts';
import { entraCommands } from './commands/entra.ts';
import { entraImportCommands } from './commands/entra-import.ts';
import { explainCommands } from './commands/explain.ts';
import { gatewayCommands } from './commands/gateways.ts';
import { groupCommands, roleCommands } from './commands/groups.ts';
import { importCommands } from './commands/import.ts';
import { keyCommands } from './commands/keys.ts';
import { locationCommands } from './commands/locations.ts';
import { officeCommands } from './commands/office.ts';
import { passCommands } from './commands/passes.ts';
import { policyCommands } from './commands/policies.ts';
import { registrationCommands } from './commands/registration.ts';
import { settingCommands } from './commands/settings.ts';
import { strengthCommands } from './commands/strengths.ts';
import { tokenCommands } from './commands/tokens.ts';
import { userCommands } from './commands/users.ts';

/** Everything that the office can ask for, in the order of the help page. */
export const commands: readonly Command[] = [
  ...userCommands,
  ...importCommands,
  ...officeCommands,
  ...passCommands,
  ...tokenCommands,
  ...groupCommands,
  ...roleCommands,
  ...applicationCommands,
  ...settingCommands,
  ...gatewayCommands,
  ...policyCommands,
  ...explainCommands,
  ...locationCommands,
  ...strengthCommands,
  ...registrationCommands,
  ...auditCommands,
  ...keyCommands,
  ...entraCommands,
  ...entraImportCommands,
];
