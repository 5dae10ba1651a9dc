/** The log, and whether it is as it was written. */
export const audit = {
  whole: (p: { records: number; seals: number; unsealed: number }) =>
    `Nothing was altered: ${p.records} records under ${p.seals} seals, and ${p.unsealed} of the last seconds.`,
  broken: (p: { what: string }) => `The log is not as it was written. First finding: ${p.what}`,
  findings: {
    altered: 'was altered',
    missing: 'is missing',
    inserted: 'was put in afterwards',
    reordered: 'stands in another place',
  },
  record: (p: { why: string; id: string; at: string; kind: string; seal: string }) =>
    `record ${p.id}${p.kind === '' ? '' : ` (${p.kind})`} of ${p.at}${p.seal === '' ? '' : `, under seal ${p.seal},`} ${p.why}`,
  seal: (p: { why: string; number: number }) => `seal ${p.number} ${p.why}`,
  checkpoint: 'the log does not go on from the checkpoint that you kept',
  before: (p: { time: string }) => `what the log has from before ${p.time}`,
  pruned: (p: { records: number; seals: number }) =>
    `${p.records} record(s) under ${p.seals} seal(s) were removed. The log goes on from there, and can be verified as before.`,
  brokenNext: 'keep the database as it is, and find out who could write to it since the last good checkpoint',
  empty: 'The log is empty.',
  noReference: (p: { typed: string }) =>
    `"${p.typed}" is no reference number: it has eight letters and digits, such as 7WK3-9QTB.`,
  unknownReference: (p: { number: string }) => `The log has nothing under ${p.number}.`,
  unknownReferenceNext: (p: { number: string }) =>
    `read it again letter by letter; if the page spoke of a fault, look for ${p.number} in what the server printed`,
  severalCalled: (p: { number: string }) =>
    `Several things have the number ${p.number}. Give one of these to --reference instead:`,
};
