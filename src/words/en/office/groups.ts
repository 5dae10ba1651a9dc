/** Groups. */
export const groups = {
  unknown: (p: { name: string }) => `There is no group "${p.name}".`,
  unknownNext: 'genkan groups list',
  inUse: (p: { name: string }) =>
    `A policy, or the setting registration.groups, names ${p.name}. Without it that would hold for nobody, so it stays.`,
  inUseNext: 'take it out of them first: genkan policies list --json, genkan settings show registration',
  membersAdded: (p: { n: number; group: string }) => `${p.n} user(s) were added to ${p.group}.`,
  membersRemoved: (p: { n: number; group: string }) => `${p.n} user(s) were taken out of ${p.group}.`,
};
