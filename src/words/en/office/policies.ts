/** Policies. */
export const policies = {
  unknown: (p: { name: string }) => `There is no policy "${p.name}".`,
  unknownNext: 'genkan policies list',
  states: { enabled: 'on', disabled: 'off', enabledForReportingButNotEnforced: 'report-only' },
  none: 'There are no policies: a password is enough everywhere.',
  warnings: {
    'client-types-never-seen':
      'Warning: exchangeActiveSync and other never come here. The policy holds for the other client types only.',
    'never-applies':
      'Warning: the policy holds for nobody. It names only exchangeActiveSync or other, and neither ever comes here.',
    'includes-nothing':
      'Warning: the policy holds for nobody. It includes no user, group or role (includeUsers …), or no application and no user action (includeApplications …).',
    'blocks-everybody':
      'Warning: the policy lets nobody in to any application, administrators neither. Leave out at least one account for emergencies (excludeUsers), or take the policy back: genkan policies disable',
  },
  takeOutNext: 'take it out of the policies first: genkan policies list --json',
};
