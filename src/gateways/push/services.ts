/** Where the makers of browsers take push messages: a host, or `*.` and what it ends in. */
const known = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  '*.push.apple.com',
  '*.notify.windows.com',
] as const;

export interface PushServices {
  /** hosts that administrators added */
  readonly others: readonly string[];
  /** a push service on this machine: tests and the demo */
  readonly loopback: boolean;
}

/**
 * The address of a push service, when messages may be sent there. An endpoint is what a browser
 * said: without this list, anyone could have the server send requests into its own network (SSRF).
 */
export function readEndpoint(text: string, { others, loopback }: PushServices): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password || url.hash) return undefined;
  if (loopback && url.protocol === 'http:' && isLoopback(url.hostname)) return url;
  if (url.protocol !== 'https:' || url.port !== '') return undefined;
  return [...known, ...others].some(service => isOf(url.hostname, service)) ? url : undefined;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '127.0.0.1';

const isOf = (host: string, service: string): boolean =>
  service.startsWith('*.') ? host.endsWith(service.slice(1)) : host === service;
