import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seconds } from '../../../kit/clock.ts';
import { type CallScript, type CallState, callEnds, type GatewayState, type Taken } from '../../gateway.ts';
import { type Heartbeat, openHeartbeat } from './heartbeat.ts';
import { openLineLog } from './line-log.ts';
import { type Link, openLink } from './link.ts';
import { type FromAgent, fromAgent, type ToAgent } from './messages.ts';
import { connectWithSecret } from './secret.ts';
import type { VoiceLine } from './settings.ts';

/** Where an agent is: a child of this process, or a machine that we connect to. */
export type Whereabouts =
  | { readonly is: 'here' }
  | { readonly is: 'there'; readonly host: string; readonly port: number; readonly secret: string };

/** An agent as the server sees it, through all its lives. */
export interface Agent {
  state(): GatewayState;
  /** Calls that it has: all that were asked for, until their goodbyes are said. */
  load(): number;
  call(id: string, to: string, script: CallScript, signal: AbortSignal): Promise<Taken | 'full'>;
  hangUp(id: string): void;
  close(): Promise<void>;
}

export interface AgentDeps {
  readonly line: VoiceLine;
  readonly told: {
    call(id: string, state: CallState): void;
    /** its state, or its load, is another */
    changed(): void;
    log(level: 'info' | 'warn', message: string, detail?: Readonly<Record<string, unknown>>): void;
  };
  /** ms between two questions whether it is there */
  readonly heartbeatEvery?: number;
}

const shortestRest = 250;
const longestRest = seconds(30);
/** Whoever lived for so long did not die of its settings. */
const healthy = seconds(20);

const isEnd = (state: CallState): boolean => callEnds.some(end => end === state);

export function openAgent(where: Whereabouts, deps: AgentDeps): Agent {
  const { line, told } = deps;
  const calls = new Map<string, { answer: (taken: Taken | 'full') => void; ended: boolean }>();
  let state: GatewayState = { is: 'starting' };
  let link: Link<ToAgent> | undefined;
  let stopLife: (() => Promise<void>) | undefined;
  let heartbeat: Heartbeat | undefined;
  let rest = shortestRest;
  let again: NodeJS.Timeout | undefined;
  let over = false;
  const lineLog = openLineLog((level, message, detail) =>
    told.log(level, message, {
      ...(where.is === 'there' ? { agent: `${where.host}:${where.port}` } : {}),
      ...detail,
    }),
  );

  function tell(next: GatewayState): void {
    state = next;
    lineLog.is(next);
    told.changed();
  }

  function live(): void {
    const began = Date.now();
    const life =
      where.is === 'here' ? child(joined, heardOf, died) : connection(where, joined, heardOf, died);
    stopLife = life.stop;

    function joined(to: Link<ToAgent>): void {
      link = to;
      to.send({ is: 'line', line });
    }

    function heardOf(message: FromAgent): void {
      // From its first word on: a machine that has much to do may take its time to start one.
      heartbeat ??= openHeartbeat(
        {
          ask: () => link?.send({ is: 'are-you-there' }),
          lost() {
            told.log('warn', 'the voice agent does not answer any more');
            life.kill();
          },
        },
        deps.heartbeatEvery,
      );
      heartbeat.heard();
      heard(message);
    }

    function died(because: string): void {
      link = undefined;
      heartbeat?.stop();
      heartbeat = undefined;
      lostCalls(because);
      if (over) return;
      tell({ is: 'down', because });
      rest = Date.now() - began > healthy ? shortestRest : Math.min(rest * 2, longestRest);
      again = setTimeout(live, rest);
    }
  }

  /** Nobody knows what the people of these calls pressed: they are told to try again, and no sign-in is let through. */
  function lostCalls(because: string): void {
    for (const [id, { answer, ended }] of [...calls]) {
      calls.delete(id);
      answer({ taken: 'perhaps', reason: because });
      if (!ended) told.call(id, 'failed');
    }
  }

  function heard(message: FromAgent): void {
    if (message.is === 'here') return;
    if (message.is === 'note') told.log('info', message.text);
    else if (message.is === 'state') tell(message.state);
    else if (message.is === 'taken') calls.get(message.id)?.answer({ taken: true });
    else if (message.is === 'full') {
      const call = calls.get(message.id);
      calls.delete(message.id);
      call?.answer('full');
      told.changed();
    } else if (message.is === 'gone') {
      calls.delete(message.id);
      told.changed();
    } else {
      const call = calls.get(message.id);
      if (!call || call.ended) return;
      call.ended = isEnd(message.state);
      told.call(message.id, message.state);
    }
  }

  function child(
    begun: (link: Link<ToAgent>) => void,
    heard: (message: FromAgent) => void,
    ended: (because: string) => void,
  ) {
    const process = startProgram();
    let end: (because: string) => void = because => {
      end = () => undefined;
      ended(because);
    };
    process.once('error', error => end(error.message));
    process.once('exit', (code, signal) => end(`it ended with ${signal ?? `code ${code}`}`));
    process.stderr?.on('data', (text: Buffer) => told.log('warn', `voice agent: ${text.toString().trim()}`));
    const { stdin, stdout } = process;
    if (stdin && stdout) {
      const opened = openLink<FromAgent, ToAgent>({ from: stdout, to: stdin }, fromAgent, {
        message: heard,
        ended: because => {
          // A child that cannot be talked to is of no use: it ends, and that is told by its end.
          if (!over) process.kill('SIGKILL');
          else told.log('info', `the voice agent was let go: ${because}`);
        },
      });
      begun(opened);
    }
    return {
      stop: () => goneWithin(process, () => stdin?.end()),
      kill: () => void process.kill('SIGKILL'),
    };
  }

  function connection(
    { host, port, secret }: Whereabouts & { is: 'there' },
    begun: (link: Link<ToAgent>) => void,
    heard: (message: FromAgent) => void,
    ended: (because: string) => void,
  ) {
    const socket = connectWithSecret({ host, port }, secret);
    const tooLate = setTimeout(() => socket.destroy(new Error('no answer')), seconds(5));
    socket.setKeepAlive(true, 10_000);
    let because = 'the connection was closed';
    socket.on('error', error => {
      because = error.message;
    });
    socket.once('secureConnect', () => {
      clearTimeout(tooLate);
      begun(
        openLink<FromAgent, ToAgent>({ from: socket, to: socket }, fromAgent, {
          message: heard,
          ended: why => {
            because = why;
          },
        }),
      );
    });
    socket.once('close', () => {
      clearTimeout(tooLate);
      ended(`${host}:${port}: ${because}`);
    });
    return {
      stop: async () => {
        socket.destroy();
      },
      kill: () => void socket.destroy(new Error('it does not answer any more')),
    };
  }

  live();

  return {
    state: () => state,
    load: () => calls.size,
    call(id, to, script, signal) {
      const through = link;
      if (!through || signal.aborted)
        return Promise.resolve({ taken: false, reason: 'the voice agent is not there' });
      return new Promise(resolve => {
        const giveUp = (): void => {
          through.send({ is: 'hang-up', id });
          answer({ taken: 'perhaps', reason: 'the voice agent did not answer in time' });
        };
        const answer = (taken: Taken | 'full'): void => {
          signal.removeEventListener('abort', giveUp);
          resolve(taken);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        calls.set(id, { answer, ended: false });
        through.send({ is: 'call', id, to, script });
      });
    },
    hangUp: id => link?.send({ is: 'hang-up', id }),
    async close() {
      over = true;
      lineLog.close();
      heartbeat?.stop();
      clearTimeout(again);
      await stopLife?.();
      lostCalls('Genkan was stopped');
    },
  };
}

/** The child says its goodbyes, which may take a second or two; then it is not asked again. */
function goneWithin(process: ChildProcess, ask: () => void): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return Promise.resolve();
  return new Promise(resolve => {
    const impatience = setTimeout(() => process.kill('SIGKILL'), seconds(4));
    process.once('exit', () => {
      clearTimeout(impatience);
      resolve();
    });
    ask();
  });
}

/** From the sources in development, else from beside the program that runs. The password is not in its environment. */
function startProgram(): ChildProcess {
  const here = fileURLToPath(import.meta.url);
  const program = here.endsWith('.ts')
    ? ['--import', import.meta.resolve('tsx'), join(dirname(here), 'main.ts')]
    : [join(dirname(here), 'voice-agent.js')];
  const { PATH = '', NODE_EXTRA_CA_CERTS } = process.env;
  return spawn(process.execPath, program, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH, ...(NODE_EXTRA_CA_CERTS === undefined ? {} : { NODE_EXTRA_CA_CERTS }) },
  });
}
