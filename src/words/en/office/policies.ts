/** Policies. */
export const policies = {
  unknown: (p: { name: string }) => `There is no policy "${p.name}".`,
  unknownNext: 'genkan policies list',
  states: { enabled: 'on', disabled: 'off', enabledForReportingButNotEnforced: 'report-only' },
  none: 'There are no policies: a password is enough everywhere.',
  takeOutNext: 'take it out of the policies first: genkan policies list --json',
};
