/** Settings. */
export const settings = {
  unknown: (p: { name: string; guess: string | undefined }) =>
    `There is no setting "${p.name}".${p.guess ? ` Did you mean ${p.guess}?` : ''}`,
  notSet: '(not set)',
  reset: (p: { name: string }) => `The default of ${p.name} holds again.`,
};
