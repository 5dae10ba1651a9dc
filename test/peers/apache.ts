import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from '../../src/kit/testing.ts';

const modules = '/usr/lib/apache2/modules';

export const apacheIsHere = (): boolean =>
  existsSync(join(modules, 'mod_auth_openidc.so')) && spawnSync('apache2', ['-v']).status === 0;

export interface Apache {
  readonly url: string;
  /** where Genkan sends people back to */
  readonly redirectUri: string;
  errorLog(): string;
  close(): Promise<void>;
}

/** A port is chosen first, because the application is registered before Apache can start. */
export async function chooseApache(): Promise<{ url: string; port: number; redirectUri: string }> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  return { url, port, redirectUri: `${url}/protected/callback` };
}

/**
 * A real Apache with mod_auth_openidc, in the foreground, with a configuration of its own:
 * `/protected` wants a sign-in, `/mfa` wants two kinds of proof. Its answers say in headers whom it saw.
 */
export async function startApache(options: {
  place: { url: string; port: number; redirectUri: string };
  issuer: string;
  clientId: string;
  clientSecret: string;
}): Promise<Apache> {
  const { url, port, redirectUri } = options.place;
  const folder = mkdtempSync(join(tmpdir(), 'genkan-apache-'));
  // Started as root, Apache serves as another user, who must get in.
  chmodSync(folder, 0o755);
  for (const page of ['protected', 'mfa', 'bye']) {
    mkdirSync(join(folder, 'www', page), { recursive: true });
    writeFileSync(join(folder, 'www', page, 'index.html'), `<p>${page}</p>`);
  }
  writeFileSync(join(folder, 'apache.conf'), configuration({ ...options, folder, port, url, redirectUri }));
  const log = join(folder, 'error.log');
  const apache = spawn('apache2', ['-d', folder, '-f', join(folder, 'apache.conf'), '-DFOREGROUND'], {
    stdio: 'ignore',
    // When it stops, Apache sends SIGTERM to its whole process group: to us, if it were in ours.
    detached: true,
  });
  const stop = (): void => void apache.kill('SIGTERM');
  process.once('exit', stop);
  const errorLog = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  await untilAnswers(`${url}/bye/`, apache, errorLog);
  return {
    url,
    redirectUri,
    errorLog,
    async close() {
      if (apache.exitCode === null && apache.signalCode === null) {
        const gone = new Promise(resolve => apache.once('exit', resolve));
        stop();
        await gone;
      }
      process.off('exit', stop);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const loaded = [
  'mpm_prefork',
  'unixd',
  'authn_core',
  'authz_core',
  'authz_user',
  'auth_openidc',
  'alias',
  'dir',
  'mime',
  'headers',
];

const configuration = (of: {
  folder: string;
  port: number;
  url: string;
  redirectUri: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
}): string => `
ServerRoot "${of.folder}"
ServerName localhost
Listen 127.0.0.1:${of.port}
PidFile "${of.folder}/apache.pid"
KeepAlive Off
StartServers 2
ErrorLog "${of.folder}/error.log"
LogLevel warn auth_openidc:info
${loaded
  .filter(name => existsSync(join(modules, `mod_${name}.so`)))
  .map(name => `LoadModule ${name}_module ${modules}/mod_${name}.so`)
  .join('\n')}
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
TypesConfig /etc/mime.types
DocumentRoot "${of.folder}/www"
DirectoryIndex index.html
<Directory "${of.folder}/www">
  Require all granted
</Directory>

OIDCProviderMetadataURL ${of.issuer}/.well-known/openid-configuration
OIDCClientID ${of.clientId}
OIDCClientSecret ${of.clientSecret}
OIDCRedirectURI ${of.redirectUri}
OIDCCryptoPassphrase ${of.clientSecret}
OIDCScope "openid profile email groups"
OIDCPKCEMethod S256
OIDCRemoteUserClaim preferred_username
OIDCPassClaimsAs environment
OIDCDefaultLoggedOutURL ${of.url}/bye/
OIDCRefreshAccessTokenBeforeExpiry 0
# The stories' visitor is a program, which Apache would take for a script inside a page.
RequestHeader unset Sec-Fetch-Mode early
RequestHeader unset Sec-Fetch-Dest early

<Location /protected>
  AuthType openid-connect
  Require valid-user
  Header always set X-Saw "%{OIDC_CLAIM_sub}e|%{OIDC_CLAIM_preferred_username}e|%{OIDC_CLAIM_acr}e"
</Location>
<Location /mfa>
  AuthType openid-connect
  OIDCPathAuthRequestParams acr_values=https%3A%2F%2Frefeds.org%2Fprofile%2Fmfa
  OIDCUnAutzAction auth
  Require claim acr:https://refeds.org/profile/mfa
  Header always set X-Saw "%{OIDC_CLAIM_sub}e|%{OIDC_CLAIM_preferred_username}e|%{OIDC_CLAIM_acr}e"
</Location>
`;

async function untilAnswers(url: string, apache: ChildProcess, errorLog: () => string): Promise<void> {
  await until(() => {
    if (apache.exitCode !== null) throw new Error(`Apache ended: ${errorLog()}`);
    return fetch(url).then(
      response => response.status,
      () => undefined,
    );
  }, errorLog);
}
