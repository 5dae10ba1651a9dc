/** Signing keys. */
export const keys = {
  rotated: (p: { from: string }) => `New keys were made. They sign from ${p.from}.`,
  unknown: (p: { id: string }) => `There is no signing key "${p.id}".`,
  stillSigns: (p: { id: string }) =>
    `"${p.id}" still signs, or is withdrawn already. One that signs is followed by another first.`,
  withdrawn: (p: { id: string }) =>
    `"${p.id}" is published no more. Applications that keep our keys may believe it until they read them again.`,
  states: { next: 'next', current: 'current', previous: 'previous', withdrawn: 'withdrawn' },
};
