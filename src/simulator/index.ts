import type { FastifyPluginAsync } from 'fastify';
import type { PhoneNumber, TextGateway, VoiceGateway } from '../gateways/index.ts';
import type { Pages } from '../http/pages.ts';
import type { Clock } from '../kit/clock.ts';
import { apiRoutes } from './api.ts';
import type { patience } from './call.ts';
import { openNetwork } from './network.ts';
import { pageRoutes } from './routes.ts';

export { patience } from './call.ts';

/** Where a simulator may exist. There is no word for production, and so no way to have one there. */
const modes = ['demo', 'development', 'test'] as const;
export type SimulatorMode = (typeof modes)[number];

/** The telephone network of the demo: every number is a phone in the browser. */
export interface Simulator {
  readonly text: TextGateway;
  readonly voice: VoiceGateway;
  /** `/simulator`, and the JSON window below it */
  routes(pages: Pages): FastifyPluginAsync;
  /** Puts a phone on the list before anything reached it: those of the demo's people. */
  introduce(number: PhoneNumber): void;
}

export function openSimulator(options: {
  mode: SimulatorMode;
  clock: Clock;
  /** how long a phone rings and a person has for the keys, in ms; real times when nothing is said */
  patience?: typeof patience;
}): Simulator {
  if (!modes.includes(options.mode))
    throw new Error(`there is no phone simulator in ${String(options.mode)}`);
  const network = openNetwork(options);
  return {
    text: network.text,
    voice: network.voice,
    routes: pages => async server => {
      await server.register(apiRoutes(network));
      await server.register(pageRoutes(network, pages));
    },
    introduce: number => network.setLine(number, network.phone(number).line),
  };
}
