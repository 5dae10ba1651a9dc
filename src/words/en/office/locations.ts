/** Named locations. */
export const locations = {
  unknown: (p: { name: string }) => `There is no named location "${p.name}".`,
  unknownNext: 'genkan locations list',
  inUse: (p: { name: string }) =>
    `A policy names ${p.name}. Without it the policy would hold everywhere, so it stays.`,
};
