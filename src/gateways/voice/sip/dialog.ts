import {
  type Address,
  addressOf,
  cseqOf,
  paramOf,
  readAddress,
  readUri,
  type SipRequest,
  type SipResponse,
  tagOf,
  valuesOf,
  writeAddress,
} from '../../../wire/sip/index.ts';
import { type Draft, requestOver } from './compose.ts';
import { type Names, protocolOf, targetsOf } from './resolve.ts';
import type { Stack } from './stack.ts';
import { type Flow, isSamePlace } from './transport.ts';

/** What both ends know of a call that one of them answered (RFC 3261 §12). */
export interface Dialog {
  readonly remoteTag: string;
  /** a request of ours in it; ACK and CANCEL repeat a number, everything else takes the next */
  request(flow: Flow, draft: Pick<Draft, 'method' | 'more' | 'content'> & { sequence?: number }): SipRequest;
  nextSequence(): number;
  /** False for a request that is older than one that came before (§12.2.2). */
  isNews(request: SipRequest): boolean;
  /** takes the peer's new address (target refresh) */
  refresh(message: SipRequest | SipResponse): void;
  /** where requests go next: over the first proxy that wants to stay in the way, or straight to the phone */
  flow(): Promise<Flow | undefined>;
}

export interface Beginning {
  readonly from: Address;
  readonly callId: string;
  readonly uri: string;
  readonly sequence: number;
  readonly flow: Flow;
}

export function dialogFrom(
  response: SipResponse,
  beginning: Beginning,
  deps: { readonly stack: Stack; readonly names: Names },
): Dialog | undefined {
  const to = addressOf(response, 'to');
  const remoteTag = to && tagOf(to);
  if (!to || remoteTag === undefined) return undefined;
  const routes = [...valuesOf(response, 'record-route')].reverse();
  let remote = addressOf(response, 'contact')?.uri ?? beginning.uri;
  let sequence = beginning.sequence;
  let theirs = -1;

  /** A proxy of before RFC 3261 (without `lr`) takes the place of the target, which goes to the end (§12.2.1.1). */
  function way(): { readonly uri: string; readonly routes: readonly string[]; readonly next: string } {
    const [first, ...rest] = routes;
    const next = first === undefined ? undefined : readAddress(first)?.uri;
    if (first === undefined || next === undefined) return { uri: remote, routes: [], next: remote };
    const uri = readUri(next);
    if (!uri || paramOf(uri.params, 'lr') !== undefined) return { uri: remote, routes, next };
    return { uri: next, routes: [...rest, `<${remote}>`], next };
  }

  return {
    remoteTag,
    request(flow, draft) {
      const { uri, routes } = way();
      return requestOver(flow, {
        from: writeAddress(beginning.from),
        to: writeAddress(to),
        callId: beginning.callId,
        uri,
        routes,
        ...draft,
        sequence: draft.sequence ?? ++sequence,
      });
    },
    nextSequence: () => ++sequence,
    isNews(request) {
      const number = cseqOf(request)?.number ?? 0;
      if (number <= theirs) return false;
      theirs = number;
      return true;
    },
    refresh(message) {
      remote = addressOf(message, 'contact')?.uri ?? remote;
    },
    flow: () => nextFlow(way().next, beginning.flow, deps),
  };
}

/**
 * A call that began over TLS stays there, whatever the peer's addresses say; and one that began over a
 * connection uses it while it is open.
 */
async function nextFlow(
  next: string,
  first: Flow,
  { stack, names }: { readonly stack: Stack; readonly names: Names },
): Promise<Flow | undefined> {
  const uri = readUri(next);
  const protocol = uri && protocolOf(uri);
  if (!uri || !protocol || (first.target.protocol === 'tls' && protocol !== 'tls'))
    return stack.flow(first.target);
  const targets = await targetsOf(uri, names);
  for (const target of targets) {
    const flow = await stack.flow(isSamePlace(target, first.target) ? first.target : target);
    if (flow) return flow;
  }
  return stack.flow(first.target);
}
