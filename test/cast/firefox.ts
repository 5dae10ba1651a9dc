import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../src/kit/testing.ts';

/** A window of the system's Firefox, driven over WebDriver BiDi without a driver in between. */
export interface FirefoxWindow {
  open(url: string): Promise<void>;
  /** Presses the button or link that is called so, as a person would. */
  press(name: string): Promise<void>;
  /** Writes into the field with this label. */
  fill(label: string, text: string): Promise<void>;
  /** Waits until the page says so. */
  sees(sentence: string): Promise<void>;
  bringToFront(): Promise<void>;
  /** The value of an expression in the page, as JSON. */
  evaluate<T>(expression: string): Promise<T>;
}

export interface Firefox {
  readonly window: FirefoxWindow;
  /** Presses the notification that is shown on the screen, as a person would. */
  pressNotification(): Promise<void>;
  /** The addresses of all tabs, and whether each is the one in front. */
  tabs(): Promise<readonly { readonly url: string; readonly isInFront: boolean }[]>;
  /** The window of the tab with this address. */
  at(url: string): Promise<FirefoxWindow>;
  close(): Promise<void>;
}

interface Reply {
  readonly id?: number;
  readonly type?: string;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

const patience = 90_000;

/** @param preferences as in `about:config` */
export async function openFirefox(
  preferences: Readonly<Record<string, string | number | boolean>>,
): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), 'genkan-firefox-'));
  const lines = Object.entries({ ...quiet, ...preferences }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const child = spawn(
    'firefox-esr',
    [
      '--headless',
      '--no-remote',
      '--profile',
      profile,
      '--remote-debugging-port=0',
      '--remote-allow-system-access',
      'about:blank',
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
      env: { ...process.env, HOME: profile, MOZ_DISABLE_CONTENT_SANDBOX: '1' },
    },
  );
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.pid) {
      process.kill(-child.pid, 'SIGKILL');
      await new Promise(resolve => child.once('exit', resolve));
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    const ask = await connect(await addressOf(child));
    await ask('session.new', { capabilities: {} });
    const first = await until(async () => {
      const tree = (await ask('browsingContext.getTree', {})) as { contexts: { context: string }[] };
      return tree.contexts[0];
    });
    return { window: windowOf(ask, first.context), ...screenOf(ask), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nothing is asked for at home, and nothing is shown twice. */
const quiet = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'dom.serviceWorkers.testing.enabled': true,
  'extensions.systemAddon.update.enabled': false,
  'intl.accept_languages': 'ja',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.server': 'data:,',
};

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`Firefox did not start:\n${said}`)), patience);
    child.once('exit', () => reject(new Error(`Firefox ended:\n${said}`)));
    child.once('error', reject);
    child.stderr?.on('data', chunk => {
      said += chunk;
      const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(said) ?? [];
      if (!address) return;
      clearTimeout(late);
      resolve(`${address}/session`);
    });
  });
}

type Ask = (method: string, params: object) => Promise<unknown>;

async function connect(address: string): Promise<Ask> {
  const socket = new WebSocket(address);
  const asked = new Map<number, (reply: Reply) => void>();
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error(`Firefox does not answer at ${address}`));
  });
  socket.onmessage = ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    if (reply.id !== undefined) asked.get(reply.id)?.(reply);
  };
  let last = 0;
  return (method, params) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const late = setTimeout(() => reject(new Error(`Firefox does not answer ${method}`)), patience);
      asked.set(id, reply => {
        clearTimeout(late);
        asked.delete(id);
        if (reply.type === 'error') reject(new Error(`${method}: ${reply.error}: ${reply.message}`));
        else resolve(reply.result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
}

/** What Firefox shows around its pages: its own windows, where notifications are windows too. */
function screenOf(ask: Ask): Omit<Firefox, 'window' | 'close'> {
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { contexts } = (await ask('browsingContext.getTree', { 'moz:scope': 'chrome' })) as {
      contexts: { context: string; url: string }[];
    };
    const browser = contexts.find(({ url }) => url.endsWith('/browser.xhtml'));
    const { type, result, exceptionDetails } = (await ask('script.evaluate', {
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
      target: { context: browser?.context },
      awaitPromise: true,
    })) as { type: string; result?: { value?: string }; exceptionDetails?: { text: string } };
    if (type !== 'success') throw new Error(`${expression}\n${exceptionDetails?.text}`);
    return JSON.parse(result?.value ?? 'null') as T;
  };
  return {
    async pressNotification() {
      const press = `(() => {
        const shown = Services.wm.getMostRecentWindow('alert:alert')?.document;
        // Before it is whole it hears nothing.
        if (shown?.readyState !== 'complete') return false;
        shown.getElementById('alertBox').click();
        return true;
      })()`;
      await until(
        () => evaluate<boolean>(press),
        () => 'Firefox shows no notification',
      );
    },
    async at(url) {
      const tree = await ask('browsingContext.getTree', {});
      const { contexts } = tree as { contexts: { context: string; url: string }[] };
      const found = contexts.find(one => one.url === url);
      if (!found) throw new Error(`no tab is at ${url}: ${JSON.stringify(contexts)}`);
      return windowOf(ask, found.context);
    },
    tabs: () =>
      evaluate(
        `gBrowser.tabs.map(tab => ({ url: tab.linkedBrowser.currentURI.spec, isInFront: tab.selected }))`,
      ),
  };
}

function windowOf(ask: Ask, context: string): FirefoxWindow {
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { type, result, exceptionDetails } = (await ask('script.evaluate', {
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
      target: { context },
      awaitPromise: true,
      userActivation: true,
    })) as { type: string; result?: { value?: string }; exceptionDetails?: { text: string } };
    if (type !== 'success') throw new Error(`${expression}\n${exceptionDetails?.text}`);
    return JSON.parse(result?.value ?? 'null') as T;
  };
  const shown = () => evaluate<string>('document.body.innerText');
  /** A page that goes away just then answers nothing, and the next one is asked. */
  const untilShown = async (whether: () => Promise<boolean>, what: string): Promise<void> => {
    let said = '';
    await until(
      () =>
        whether()
          .then(async is => {
            if (!is) said = await shown();
            return is;
          })
          .catch((error: unknown) => {
            said = String(error);
            return false;
          }),
      () => `Firefox does not show “${what}”, but:\n${said}`,
    );
  };
  return {
    evaluate,
    async bringToFront() {
      await ask('browsingContext.activate', { context });
    },
    async open(url) {
      await ask('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    sees: sentence => untilShown(async () => (await shown()).includes(sentence), sentence),
    press: name =>
      untilShown(
        () =>
          evaluate(`(() => {
            const found = [...document.querySelectorAll('button, a, summary')]
              .find(one => one.textContent.trim() === ${JSON.stringify(name)});
            found?.click();
            return found !== undefined;
          })()`),
        name,
      ),
    fill: (label, text) =>
      untilShown(
        () =>
          evaluate(`(() => {
            const found = [...document.querySelectorAll('label')]
              .find(one => one.textContent.trim() === ${JSON.stringify(label)})?.control;
            if (!found) return false;
            found.value = ${JSON.stringify(text)};
            found.dispatchEvent(new Event('input', { bubbles: true }));
            return true;
          })()`),
        label,
      ),
  };
}
