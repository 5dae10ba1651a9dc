/** Applications. */
export const applications = {
  unknown: (p: { name: string }) => `There is no application "${p.name}".`,
  unknownNext: 'genkan applications list',
  inUse: (p: { name: string }) =>
    `A policy names ${p.name}. Without it the policy would hold for nothing, so it stays.`,
  secretOnce: (p: { secret: string }) =>
    `Client secret: ${p.secret}\nIt is shown this once. Give it to the application and to nobody else.`,
  issuer: (p: { issuer: string }) =>
    `Issuer: ${p.issuer}\nWhat else the application needs to know is at ${p.issuer}/.well-known/openid-configuration`,
  noSecret: (p: { name: string }) => `${p.name} is a public application and has no secret.`,
};
