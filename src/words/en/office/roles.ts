/** Roles. */
export const roles = {
  added: (p: { name: string; role: string }) => `${p.name} has the role ${p.role}.`,
  removed: (p: { name: string; role: string }) => `${p.name} no longer has the role ${p.role}.`,
  asBefore: 'Nothing changed: it was so already.',
};
