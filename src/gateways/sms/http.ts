import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TextDriver } from '../driver.ts';
import type { Reports } from '../gateway.ts';
import { openHttpClient } from '../http/client.ts';
import { watchOver } from '../http/watch.ts';
import { isTheirs, read, type Told } from './http-receipt.ts';
import { requestOf, takenOf } from './http-request.ts';
import { type HttpSettings, settings, splitAt } from './http-settings.ts';

/** Texts by any provider that takes them over HTTP: the request is a template of the configuration. */
export const httpText: TextDriver<HttpSettings> = {
  name: 'http',
  kind: 'text',
  settings,
  open(id, settings, deps) {
    const client = openHttpClient({ timeout: settings.timeout, ...(settings.ca ? { ca: settings.ca } : {}) });
    let reports: Reports | undefined;
    const [address] = splitAt(settings.url, '?');
    // That anything at all is answered: what it costs to ask for more, only its provider knows.
    const watch = watchOver(async signal => {
      const answered = await client.ask({ method: 'GET', url: new URL('/', address) }, signal);
      return answered.is === 'answered' ? undefined : answered.why;
    }, deps.log);

    async function receive(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
      const { receipts } = settings;
      if (!receipts) return reply.code(404).type('text/plain').send('no receipts are expected\n');
      const told: Told = {
        headers: request.headers,
        query: new URL(request.raw.url ?? '/', 'http://localhost').searchParams,
        body: typeof request.body === 'string' ? request.body : '',
      };
      if (!isTheirs(receipts, told, deps.clock.now())) {
        deps.log('warn', 'a receipt bore no signature or token of the provider, or a wrong one');
        return reply.code(403).type('text/plain').send('not signed\n');
      }
      const { id: delivery, reference, outcome } = read(receipts, told);
      if (outcome && delivery !== undefined) reports?.text({ delivery }, outcome);
      else if (outcome && reference !== undefined) reports?.text({ gateway: id, reference }, outcome);
      return reply.type('text/plain').send('ok\n');
    }

    return {
      kind: 'text',
      id,
      listen(to) {
        reports = to;
      },
      state: watch.state,
      async send(text, signal) {
        const answered = await client.ask(requestOf(settings, text, deps.clock.now()), signal);
        watch.tell(answered.is === 'answered' ? refusesUs(answered.status) : answered.why);
        return takenOf(settings, answered);
      },
      routes: async server => {
        server.post('/receipt', receive);
        // A GET that changes something needs no token of a form either: it is signed like any other.
        if (settings.receipts?.format === 'form' && settings.receipts.token !== undefined)
          server.get('/receipt', receive);
      },
      async close() {
        watch.close();
        client.close();
      },
    };
  },
};

const refusesUs = (status: number): string | undefined =>
  status === 401 || status === 403 ? `the provider answers with status ${status}: credentials?` : undefined;
