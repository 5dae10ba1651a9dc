/** The voice agent. */
export const voiceAgent = {
  noPlace: (p: { typed: string }) => `"${p.typed}" is no place to wait at, such as 192.0.2.5:7430 or 7430.`,
  noSecret: (p: { file: string; least: number }) =>
    `${p.file} cannot be read, or has a secret of less than ${p.least} characters.`,
  noSecretNext: '(umask 077; openssl rand -base64 32 > voice-agent.secret)',
  waits: (p: { host: string; port: number }) =>
    `The voice agent waits for servers at ${p.host}, port ${p.port}.`,
  came: (p: { from: string }) => `A server came from ${p.from}.`,
  left: (p: { from: string; because: string }) =>
    `The server from ${p.from} is gone (${p.because}); its calls were hung up.`,
};
