/** Settings. */
export const settings = {
  reset: (p: { name: string }) => `The default of ${p.name} holds again.`,
};
