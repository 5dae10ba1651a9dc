/** How long something takes. */
export const wait = {
  againIn: (p: { wait: string }) => `You can ask again in ${p.wait}.`,
  seconds: (p: { n: number }) => (p.n === 1 ? '1 second' : `${p.n} seconds`),
  minutes: (p: { n: number }) => (p.n === 1 ? '1 minute' : `${p.n} minutes`),
  hours: (p: { n: number }) => (p.n === 1 ? '1 hour' : `${p.n} hours`),
  days: (p: { n: number }) => (p.n === 1 ? '1 day' : `${p.n} days`),
};
