/** Temporary access passes. */
export const passes = {
  made: (p: { name: string; pass: string; from: string; until: string; once: boolean }) =>
    `${p.name} has a temporary access pass: ${p.pass}\nIt is shown this once, may be used ${p.once ? 'once' : 'any number of times'} from ${p.from} until ${p.until}, and takes the place of one made before.`,
  madeNext: 'look at an identity card before handing it over; --slip prints it to be handed over',
  refused: {
    oneself: 'Nobody makes a pass for themselves. Ask somebody else of the office.',
    nobody: 'This user is gone.',
    length: 'A pass has 8 to 48 signs.',
    minutes: 'A pass may be used for 10 to 480 minutes.',
  },
  deleted: (p: { name: string }) => `The pass of ${p.name} opens nothing any more.`,
  none: (p: { name: string }) => `${p.name} has no pass.`,
};
