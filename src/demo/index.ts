import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { ConfigurationError, loadConfiguration } from '../config/index.ts';
import { openFileMail, type PhoneNumber } from '../gateways/index.ts';
import { whyNotListening } from '../http/port.ts';
import { rootFolder } from '../kit/root.ts';
import { start, untilStopped } from '../main.ts';
import { openSimulator } from '../simulator/index.ts';
import { openCampus } from './campus.ts';
import { password, people, seed } from './cast.ts';
import { deskRoutes } from './desk.tsx';

const sampleId = 'sample';
const samplePortSetting = 'GENKAN_SAMPLE_PORT';

/**
 * The demo: a made-up university on this machine, with its own database, a telephone network in the
 * browser and a sample application. Runs until it is stopped.
 */
export async function runDemo(options: { env: NodeJS.ProcessEnv; say(line: string): void }): Promise<void> {
  const { say } = options;
  const began = performance.now();
  const root = rootFolder();
  const port = portOf(options.env, 'GENKAN_LISTEN_PORT', 4000);
  const samplePort = portOf(options.env, samplePortSetting, 4001);
  await mustBeFree(port, 'GENKAN_LISTEN_PORT');
  await mustBeFree(samplePort, samplePortSetting);
  const configuration = loadConfiguration({
    env: options.env,
    defaults: {
      url: `http://localhost:${port}`,
      listen: { host: 'localhost', port },
      dataFolder: join(root, '.data', 'demo'),
      logLevel: 'warn',
    },
  });
  const sampleUrl = `http://localhost:${samplePort}`;
  const mailFolder = join(configuration.dataFolder, 'mail');
  let sampleSecret: string | undefined;

  const running = await start({
    configuration,
    assets: [join(root, 'dist', 'web'), join(root, 'prompts', 'audio')],
    say,
    logger: pino({ level: configuration.logLevel }, pino.destination(2)),
    async extra(foundation) {
      const simulator = openSimulator({ mode: 'demo', clock: foundation.clock });
      for (const { phone } of people) if (phone) simulator.introduce(phone.number as PhoneNumber);
      ({ sampleSecret } = await seed(foundation, { id: sampleId, url: sampleUrl }));
      const campus = openCampus(foundation.directory);
      return {
        gateways: ({ clock }) => ({
          text: [simulator.text],
          voice: [simulator.voice],
          mail: [openFileMail({ folder: mailFolder, from: 'genkan@keyaki.example', clock })],
        }),
        pages: [simulator.routes, pages => deskRoutes({ pages, campus, sampleUrl })],
      };
    },
  });
  const sample = startSample(join(root, 'dist', 'sample.js'), {
    issuer: `${configuration.url}/oidc`,
    url: sampleUrl,
    port: samplePort,
    id: sampleId,
    secret: sampleSecret ?? '',
  });

  const { url } = configuration;
  say(`
Genkan is ready (${((performance.now() - began) / 1000).toFixed(1)} s, ${running.foundation.database}).

  Start here             ${url}/demo
  Sample application     ${sampleUrl}
  Phones                 ${url}/simulator
  My account             ${url}/account
  Mail                   ${mailFolder}

  Password of everybody  ${password}
${people.map(person => `  ${person.loginName.padEnd(22)} ${person.displayName}`).join('\n')}

Stop with Ctrl-C.`);
  await untilStopped(running, say);
  sample?.kill('SIGTERM');
}

function portOf(env: NodeJS.ProcessEnv, setting: string, otherwise: number): number {
  const port = Number(env[setting] ?? otherwise);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new ConfigurationError([`${setting} must be a port, from 1 to 65535: ${env[setting]}`]);
  return port;
}

/** Asked before anything else is opened, so that a taken port is said within a moment. */
async function mustBeFree(port: number, setting: string): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, 'localhost');
    await once(server, 'listening');
  } catch (error) {
    throw whyNotListening(error, { host: 'localhost', port, setting });
  }
  server.close();
  await once(server, 'close');
}

/** A process of its own: an application is somebody else. It ends with us, also when we are killed. */
function startSample(
  program: string,
  as: { issuer: string; url: string; port: number; id: string; secret: string },
): ChildProcess | undefined {
  if (!existsSync(program)) return undefined;
  return spawn(process.execPath, [program], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: {
      ...process.env,
      SAMPLE_ISSUER: as.issuer,
      SAMPLE_URL: as.url,
      SAMPLE_PORT: String(as.port),
      SAMPLE_CLIENT_ID: as.id,
      SAMPLE_CLIENT_SECRET: as.secret,
    },
  });
}
