import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSample } from './server.tsx';

/** An application that relies on Genkan, on an origin of its own. All it knows comes from its environment. */
const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`The sample application needs ${name}.`);
  return value;
};

const sample = await startSample({
  issuer: required('SAMPLE_ISSUER'),
  url: required('SAMPLE_URL'),
  port: Number(required('SAMPLE_PORT')),
  clientId: required('SAMPLE_CLIENT_ID'),
  clientSecret: required('SAMPLE_CLIENT_SECRET'),
  assets: join(dirname(fileURLToPath(import.meta.url)), 'web'),
});

const stop = (): void => void sample.close().then(() => process.exit(0));
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// Whoever started it holds the other end: when that is gone, however it went, this goes too.
process.stdin.on('end', stop).on('error', stop).resume();
