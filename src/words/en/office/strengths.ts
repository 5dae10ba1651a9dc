/** Authentication strengths. */
export const strengths = {
  types: { builtIn: 'built in', custom: 'your own' },
  unknown: (p: { name: string }) => `There is no authentication strength "${p.name}".`,
  unknownNext: 'genkan strengths list',
  builtIn: (p: { name: string }) => `"${p.name}" is built in, and stays as it is: create one of your own.`,
  createdNext: (p: { id: string }) => `name it in a policy: "authenticationStrength": { "id": "${p.id}" }`,
  inUse: (p: { name: string }) =>
    `A policy asks for "${p.name}": without it, the policy would let nobody in.`,
};
