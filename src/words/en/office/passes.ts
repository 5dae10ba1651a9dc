/** Temporary access passes. */
export const passes = {
  made: (p: { name: string; pass: string; from: string; until: string; once: boolean }) =>
    `${p.name} has a temporary access pass: ${p.pass}\nIt is shown this once, may be used ${p.once ? 'once' : 'any number of times'} from ${p.from} until ${p.until}, and takes the place of one made before.`,
  madeNext:
    'look at an identity card before handing it over; with --slips FILE it is written into a file to be printed',
  printed: (p: { n: number; file: string }) =>
    `${p.n === 1 ? 'One pass was' : `${p.n} passes were`} made. The slips are in ${p.file}, and shown nowhere else.`,
  printedNext: (p: { file: string }) =>
    `open ${p.file} in a browser, print it, delete it, and look at an identity card before handing out a slip`,
  refused: {
    oneself: 'Nobody makes a pass for themselves. Ask somebody else of the office.',
    nobody: 'This user is gone.',
    length: 'A pass has 8 to 48 signs.',
    minutes: 'A pass may be used for 10 to 480 minutes.',
  },
  deleted: (p: { name: string }) => `The pass of ${p.name} opens nothing any more.`,
  none: (p: { name: string }) => `${p.name} has no pass.`,
};
