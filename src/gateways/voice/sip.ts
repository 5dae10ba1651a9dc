import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { VoiceDriver } from '../driver.ts';
import type { GatewayState, Reports, Taken } from '../gateway.ts';
import { type Agent, openAgent, type Whereabouts } from './agent/agent.ts';
import { shortestAgentSecret } from './agent/secret.ts';
import { lineSettings } from './agent/settings.ts';
import { ownRecordings } from './recordings.ts';

const settings = lineSettings.safeExtend({
  /** agents on other machines; without them, one of our own beside this process */
  agents: z
    .array(
      z.strictObject({
        host: z.string().min(1),
        port: z.number().int().min(1).max(65_535),
        secret: z
          .string()
          .min(
            shortestAgentSecret,
            'needs at least 24 characters, for example of `openssl rand -base64 32`.',
          ),
      }),
    )
    .default([]),
});

/** An agent that had room and has none any more is asked again after this many ms. */
const overtaken = 250;

/** Calls over SIP, to a switchboard or a carrier, placed by voice agents. */
export const sipVoice: VoiceDriver<z.output<typeof settings>> = {
  name: 'sip',
  kind: 'voice',
  settings,
  open(id, { agents: remote, ...line }, deps) {
    let reports: Reports | undefined;
    const whereabouts: readonly Whereabouts[] =
      remote.length > 0 ? remote.map(one => ({ ...one, is: 'there' })) : [{ is: 'here' }];
    const own = line.prompts ?? (remote.length > 0 ? undefined : ownRecordings(deps.dataFolder));
    const told = {
      call: (delivery: string, state: Parameters<Reports['call']>[1]) => reports?.call({ delivery }, state),
      changed: () => serveQueue(),
      log: deps.log,
    };
    const agents = whereabouts.map(where =>
      openAgent(where, { line: { ...line, ...(own === undefined ? {} : { prompts: own }) }, told }),
    );
    /** calls that wait until an agent has room, in the order in which they came */
    const queue = new Set<(agent: Agent | undefined) => void>();
    let closed = false;

    const isUp = (agent: Agent): boolean => agent.state().is === 'up';
    const withRoom = (): Agent | undefined =>
      agents.filter(agent => isUp(agent) && agent.load() < line.calls).sort((a, b) => a.load() - b.load())[0];

    function serveQueue(): void {
      for (const next of queue) {
        const agent = withRoom();
        // With nobody left to wait for, the next gateway is asked at once.
        if (!agent && stateOf(agents).is !== 'down') return;
        queue.delete(next);
        next(agent);
      }
    }

    function turn(signal: AbortSignal): Promise<Agent | undefined> {
      const agent = queue.size === 0 ? withRoom() : undefined;
      if (agent || closed || stateOf(agents).is === 'down') return Promise.resolve(agent);
      return new Promise(resolve => {
        const next = (found: Agent | undefined): void => {
          signal.removeEventListener('abort', leave);
          resolve(found);
        };
        const leave = (): void => {
          queue.delete(next);
          resolve(undefined);
        };
        signal.addEventListener('abort', leave, { once: true });
        queue.add(next);
      });
    }

    return {
      kind: 'voice',
      id,
      listen(to) {
        reports = to;
      },
      state: () => stateOf(agents),
      async call({ id: delivery, to, script }, signal): Promise<Taken> {
        for (;;) {
          const agent = await turn(signal);
          if (!agent) return { taken: false, reason: whyNot(stateOf(agents)) };
          const taken = await agent.call(delivery, to, script, signal);
          if (taken === 'full') {
            await sleep(overtaken);
            continue;
          }
          if (taken.taken === true)
            signal.addEventListener('abort', () => agent.hangUp(delivery), { once: true });
          return taken;
        }
      },
      async close() {
        closed = true;
        for (const next of queue) next(undefined);
        queue.clear();
        await Promise.all(agents.map(agent => agent.close()));
      },
    };
  },
};

const whyNot = (state: GatewayState): string => (state.is === 'down' ? state.because : 'all lines are busy');

function stateOf(agents: readonly Agent[]): GatewayState {
  const states = agents.map(agent => agent.state());
  const best = states.find(({ is }) => is === 'up') ?? states.find(({ is }) => is === 'starting');
  if (best) return best;
  return {
    is: 'down',
    because: states.flatMap(state => (state.is === 'down' ? [state.because] : [])).join('; '),
  };
}
