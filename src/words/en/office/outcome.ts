/** What every command may answer, whatever it is about. */
export const outcome = {
  failed: 'That did not work:',
  next: (p: { what: string }) => `Next: ${p.what}`,
  notReachable: (p: { why: string }) => `The database does not answer (${p.why}).`,
  notReachableNext:
    'see that the database runs and that databaseUrl is right; look whether the change is there, then try again',
  surprise: (p: { why: string }) => `A fault of ours: ${p.why}`,
  surpriseNext: 'set GENKAN_LOG_LEVEL=debug, try again, and report what is printed',
  nothingHere: 'There is no genkan.yaml in this folder, and nothing of Genkan. Nothing was begun here.',
  nothingHereNext: 'go to the folder where genkan.yaml is, or name it: --config <file>',
  notPermitted: (p: { why: string }) => `This user may not do that: ${p.why}`,
  notPermittedNext: 'type it as the user as whom the server runs: sudo -u <that user> genkan …',
  configurationIsRight: (p: { file: string | undefined; url: string; gateways: string }) =>
    `${p.file === undefined ? 'There is no genkan.yaml in this folder: what holds by default is used.' : `Nothing is wrong with ${p.file}.`} Address: ${p.url}. Gateways: ${p.gateways || 'none, so nobody can be texted or called'}.`,
  yes: 'yes',
  no: 'no',
  none: 'none',
  sameName: (p: { name: string }) => `Several are called "${p.name}". Give the id instead.`,
  notConfirmed: (p: { what: string }) => `${p.what} would be deleted for good.`,
  notConfirmedNext: 'say --yes if that is what you want',
  page: (p: { next: string }) => `There are more: --after "${p.next}"`,
  created: (p: { name: string }) => `${p.name} was created.`,
  changed: (p: { name: string }) => `${p.name} was changed.`,
  deleted: (p: { name: string }) => `${p.name} was deleted.`,
  notCreated: (p: { name: string }) => `${p.name} was not created:`,
  notChanged: (p: { name: string }) => `${p.name} was not changed:`,
  phases: { hashing: 'Hashing passwords', writing: 'Writing users', verifying: 'Verifying' },
};
