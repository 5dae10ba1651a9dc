// The voice agent as a process of its own beside the server that started it, which talks to it by its standard
// input and output. It goes when the server does.
import { serveLink } from './serving.ts';

// The terminal's Ctrl-C reaches the whole group: the server decides when calls end.
process.on('SIGINT', () => undefined);

await serveLink({ from: process.stdin, to: process.stdout });
process.exit(0);
