// The voice agent as a process of its own beside the server that started it, which talks to it by its standard
// input and output. It goes when the server does.
import { serveLink } from './serving.ts';

// A terminal's Ctrl-C and a service's stop reach the whole group: the server decides when calls end, and goodbyes
// want to be said. When it is gone, so is the link, and with it this.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

await serveLink({ from: process.stdin, to: process.stdout });
process.exit(0);
