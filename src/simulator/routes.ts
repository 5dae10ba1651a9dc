import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { pressesIn } from '../gateways/index.ts';
import { fieldsOf } from '../http/fields.ts';
import type { Pages } from '../http/pages.ts';
import { Problem } from '../http/problems.ts';
import { faults, type Network } from './network.ts';
import { telephoneNumber } from './number.ts';
import { addressOf, ListPage, PhonePage } from './pages.tsx';

type Phone = { Params: { number: string }; Querystring: { seen?: string } };

/** The telephones as pages. Every act is a form; every page knows when there is something new to see. */
export function pageRoutes(network: Network, pages: Pages): FastifyPluginAsync {
  const numberOf = ({ params }: FastifyRequest<Phone>) => {
    const number = telephoneNumber(params.number);
    if (!number) throw new Problem('not-found');
    return number;
  };
  /** For web/enhance/wait.ts: asked with the version that is on the page. */
  const news = (seen: string | undefined, address: string) =>
    seen === String(network.version()) ? { state: 'same' } : { state: 'new', next: address };

  return async server => {
    const list = (request: FastifyRequest, reply: FastifyReply, typed?: string) =>
      pages.send(
        request,
        reply,
        h(ListPage, { phones: network.phones(), fault: network.fault(), version: network.version(), typed }),
      );

    server.get('/simulator', (request, reply) => list(request, reply));
    server.get<Phone>('/simulator/wait', async ({ query }) => news(query.seen, '/simulator'));
    server.post('/simulator/open', async (request, reply) => {
      const typed = fieldsOf(request).number ?? '';
      const number = telephoneNumber(typed);
      return number ? reply.redirect(addressOf(number), 303) : list(request, reply, typed);
    });
    server.post('/simulator/fault', async (request, reply) => {
      const wanted = fieldsOf(request).fault;
      network.setFault(faults.find(fault => fault === wanted) ?? 'none');
      return reply.redirect('/simulator', 303);
    });

    server.get<Phone>('/simulator/phones/:number', (request, reply) =>
      pages.send(
        request,
        reply,
        h(PhonePage, {
          phone: network.phone(numberOf(request)),
          version: network.version(),
          now: network.now(),
        }),
      ),
    );
    server.get<Phone>('/simulator/phones/:number/wait', async request =>
      news(request.query.seen, addressOf(numberOf(request))),
    );

    const act = (
      path: string,
      work: (number: ReturnType<typeof numberOf>, fields: Readonly<Record<string, string>>) => void,
    ): void => {
      server.post<Phone>(`/simulator/phones/:number/${path}`, async (request, reply) => {
        const number = numberOf(request);
        work(number, fieldsOf(request));
        return reply.redirect(addressOf(number), 303);
      });
    };
    // What comes too late for a call changes nothing; the page that follows shows why.
    act('answer', (number, { call = '' }) => network.answer(number, call));
    act('hangup', (number, { call = '' }) => network.hangUp(number, call));
    act('keys', (number, { call = '', keys = '' }) => network.press(number, call, pressesIn(keys) ?? []));
    act('line', (number, { line }) =>
      network.setLine(number, {
        analog: line === 'analog',
        busy: line === 'busy',
        voicemail: line === 'voicemail',
      }),
    );
    act('empty', number => network.empty(number));
  };
}
