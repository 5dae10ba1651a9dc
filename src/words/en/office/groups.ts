/** Groups. */
export const groups = {
  unknown: (p: { name: string }) => `There is no group "${p.name}".`,
  unknownNext: 'genkan groups list',
  membersAdded: (p: { n: number; group: string }) => `${p.n} user(s) were added to ${p.group}.`,
  membersRemoved: (p: { n: number; group: string }) => `${p.n} user(s) were taken out of ${p.group}.`,
};
