import { spawn } from 'node:child_process';
import { Stop } from './say.mjs';

/**
 * Runs npm quietly in `cwd`. When it fails, what it printed is turned into one sentence that says what to do.
 */
export async function npm(args, cwd) {
  // Under `npm start` the very npm that runs us is named; it need not be on the path.
  const self = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined;
  const [command, first] = self ? [process.execPath, [self]] : ['npm', []];
  const child = spawn(command, [...first, ...args, ...impatient], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      said = (said + text).slice(-20_000);
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  }).catch(error => {
    if (error.code === 'ENOENT')
      throw new Stop('npm is missing: install it together with Node.js (https://nodejs.org) and try again.');
    throw error;
  });
  // A file that npm could not unpack is only a warning to it.
  if (code !== 0 || said.includes('TAR_ENTRY_ERROR')) throw new Stop(explain(said, code));
}

// Without a network, say so within seconds.
const impatient = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/** A parent npm's own command-line settings must not decide what the inner one installs. */
function environment() {
  const { NODE_ENV, npm_config_omit, npm_config_prefix, npm_config_global, ...rest } = process.env;
  return rest;
}

/** One sentence for what npm printed. */
export function explain(said, code) {
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|npm error network/.test(
      said,
    )
  ) {
    return 'The package registry cannot be reached: check the network (or `npm config get registry` and the proxy) and try again.';
  }
  if (/ENOSPC/.test(said))
    return 'The disk is full: the packages need about 600 MB. Free some space and try again.';
  if (/EACCES|EPERM|EROFS/.test(said)) {
    return 'npm may not write here: run as the owner of this folder, or make the folder and ~/.npm writable, and try again.';
  }
  if (/ETARGET|E404|notarget/i.test(said)) {
    return `The package registry does not have what is asked for: check \`npm config get registry\`.\n${tail(said)}`;
  }
  return `npm failed with code ${code}. Its last words:\n${tail(said)}`;
}

const tail = said => said.trim().split('\n').slice(-12).join('\n');
