// A private database for as long as standard input stays open: for a run of the tests, and for the tests of this folder.
// Its first line says where it is.
import { serveEmbedded } from './index.ts';

const [folder = ''] = process.argv.slice(2);
const database = await serveEmbedded({
  folder,
  durable: false,
  say: line => process.stderr.write(`${line}\n`),
});
process.stdout.write(
  `${JSON.stringify({ url: database.url, pid: database.pid(), version: database.version })}\n`,
);

const stop = () => database.stop().then(() => process.exit(0));
process.stdin.resume().once('end', stop);
process.once('SIGTERM', stop);
process.once('SIGINT', () => {});
