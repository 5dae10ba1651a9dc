/** The temporary access pass: what the office prints, and what its holder is asked. */
export const pass = {
  name: 'Temporary access pass',
  choice: 'Use a temporary access pass',
  title: 'Enter the temporary access pass',
  label: 'Temporary access pass',
  hint: 'It is on the slip that the office gave you. Capitals and hyphens do not matter.',
  slipTitle: (p: { organisation: string }) => `${p.organisation}: temporary access pass`,
  slipOnce: 'It can be used once.',
  slipOften: 'It can be used several times.',
  slipFrom: (p: { from: string; to: string }) => `It can be used from ${p.from} until ${p.to}.`,
  slipUse:
    'Sign in with your account and password. When you are asked for more, choose "Use a temporary access pass", and then register your phone or app.',
  slipKeep: 'Show it to nobody. Throw it away when your phone is registered.',
};
