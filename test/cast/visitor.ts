import assert from 'node:assert/strict';

/** One page as a program sees it: where it is, what it says, and its forms. */
export interface PageSeen {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** what a person would read */
  readonly text: string;
  readonly forms: readonly FormSeen[];
}

export interface FormSeen {
  readonly action: string;
  /** hidden fields and what is filled in already */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * A browser without script: cookies, redirects, forms. It sends exactly what our pages put into
 * their forms, and, when a test wants to cheat, anything else.
 */
export interface Visitor {
  page: PageSeen;
  readonly cookies: Map<string, string>;
  open(path: string): Promise<PageSeen>;
  /** Fills in and sends the form of this page whose action ends so, following redirects. */
  send(actionEnd: string, fields?: Record<string, string>): Promise<PageSeen>;
  /** A raw request with this visitor's cookies; redirects are not followed. */
  request(path: string, init?: RequestInit & { body?: string | URLSearchParams }): Promise<Response>;
  /** Follows the page that moves on at the end of a sign-in. */
  moveOn(): Promise<PageSeen>;
  /** The same cookies in another window, or a thief's copy of them. */
  copy(): Visitor;
  /** Closes the browser and opens it again: only lasting cookies remain. */
  closeAndReturn(): void;
}

export function visitor(
  base: string,
  options: { address?: string; language?: string; headers?: Record<string, string> } = {},
): Visitor {
  const jars = new Map<string, string>();
  return make(base, options, jars);
}

function make(
  base: string,
  options: { address?: string; language?: string; headers?: Record<string, string> },
  cookies: Map<string, string>,
): Visitor {
  const headersFor = (url: URL): Record<string, string> => ({
    'accept-language': options.language ?? 'ja',
    accept: 'text/html',
    ...(options.address ? { 'x-forwarded-for': options.address } : {}),
    ...(cookies.size > 0 && url.host.split(':')[0] === new URL(base).hostname
      ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
      : {}),
    ...options.headers,
  });

  const lasting = new Set<string>();

  async function once(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, base);
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...headersFor(url), ...(init.headers as Record<string, string> | undefined) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      if (/expires=Thu, 01 Jan 1970|max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value.join('='));
      if (/expires=|max-age=/i.test(line)) lasting.add(name);
      else lasting.delete(name);
    }
    return response;
  }

  async function follow(path: string, init: RequestInit = {}): Promise<PageSeen> {
    let url = new URL(path, base).href;
    let response = await once(url, init);
    for (let hops = 0; response.status >= 300 && response.status < 400; hops++) {
      assert.ok(hops < 15, `redirects without end: ${url}`);
      await response.arrayBuffer();
      url = new URL(response.headers.get('location') ?? '', url).href;
      response = await once(url);
    }
    return seen(url, response, await response.text());
  }

  const self: Visitor = {
    page: { url: base, status: 0, headers: new Headers(), html: '', text: '', forms: [] },
    cookies,
    async open(path) {
      self.page = await follow(path);
      return self.page;
    },
    async send(actionEnd, fields = {}) {
      const form = self.page.forms.find(({ action }) => action.endsWith(actionEnd));
      assert.ok(
        form,
        `${self.page.url} has no form that ends in ${actionEnd}: ${self.page.text.slice(0, 600)}`,
      );
      self.page = await follow(new URL(form.action, self.page.url).href, {
        method: 'POST',
        body: new URLSearchParams({ ...form.fields, ...fields }),
      });
      return self.page;
    },
    request: once,
    async moveOn() {
      const to = /http-equiv="refresh" content="0;url=([^"]*)"/.exec(self.page.html)?.[1];
      assert.ok(to, `${self.page.url} does not move on: ${self.page.text.slice(0, 600)}`);
      self.page = await follow(new URL(decoded(to), self.page.url).href);
      return self.page;
    },
    copy: () => make(base, options, new Map(cookies)),
    closeAndReturn() {
      for (const name of cookies.keys()) if (!lasting.has(name)) cookies.delete(name);
    },
  };
  return self;
}

function seen(url: string, response: Response, html: string): PageSeen {
  const forms = [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].map(
    ([, action = '', body = '']) => ({
      action: decoded(action),
      fields: Object.fromEntries(
        [...body.matchAll(/<input([^>]*)>/g)].flatMap(([, attributes = '']) => {
          const name = /name="([^"]*)"/.exec(attributes)?.[1];
          const value = /value="([^"]*)"/.exec(attributes)?.[1] ?? '';
          const unchecked = /type="radio"/.test(attributes) && !/checked/.test(attributes);
          return name && !unchecked ? [[name, decoded(value)]] : [];
        }),
      ),
    }),
  );
  const text = decoded(html.replace(/<(script|style|head)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
  return { url, status: response.status, headers: response.headers, html, text, forms };
}

const decoded = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
