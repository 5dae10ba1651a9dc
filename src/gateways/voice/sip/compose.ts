import { randomBytes } from 'node:crypto';
import {
  addressOf,
  type Header,
  headerOf,
  hostPort,
  linesOf,
  readVia,
  received,
  type SipRequest,
  type SipResponse,
  tagOf,
  valuesOf,
  viaOf,
  writeAddress,
  writeVia,
} from '../../../wire/sip/index.ts';
import type { Endpoint, Flow } from './transport.ts';

export const allowed = 'INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO';
export const userAgent = 'Genkan';

/** What nobody can guess: tags, branches, names of calls. */
export const newToken = (): string => randomBytes(12).toString('hex');

export interface Draft {
  readonly method: string;
  readonly uri: string;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly sequence: number;
  readonly routes?: readonly string[];
  readonly more?: readonly Header[];
  readonly content?: { readonly type: string; readonly body: string };
}

/** A new request, on a branch of its own. */
export function requestOver(flow: Flow, draft: Draft): SipRequest {
  return {
    is: 'request',
    method: draft.method,
    uri: draft.uri,
    headers: [
      { name: 'via', value: newVia(flow) },
      { name: 'max-forwards', value: '70' },
      ...(draft.routes ?? []).map(value => ({ name: 'route', value })),
      { name: 'from', value: draft.from },
      { name: 'to', value: draft.to },
      { name: 'call-id', value: draft.callId },
      { name: 'cseq', value: `${draft.sequence} ${draft.method}` },
      ...(draft.more ?? []),
      { name: 'user-agent', value: userAgent },
      ...(draft.content ? [{ name: 'content-type', value: draft.content.type }] : []),
    ],
    body: Buffer.from(draft.content?.body ?? ''),
  };
}

const newVia = ({ target, local }: Flow): string =>
  writeVia({
    protocol: target.protocol.toUpperCase(),
    host: local.address,
    port: local.port,
    params: [{ name: 'branch', value: `z9hG4bK${newToken()}` }, { name: 'rport' }],
  });

/** Takes an INVITE back: on its branch, with its number (RFC 3261 §9.1). */
export function cancelOf(invite: SipRequest): SipRequest {
  const kept = ['max-forwards', 'route', 'from', 'to', 'call-id', 'user-agent'];
  const [via = ''] = linesOf(invite, 'via');
  const number = headerOf(invite, 'cseq')?.split(' ')[0];
  return {
    ...invite,
    method: 'CANCEL',
    headers: [
      { name: 'via', value: via },
      ...invite.headers.filter(({ name }) => kept.includes(name)),
      { name: 'cseq', value: `${number} CANCEL` },
    ],
    body: Buffer.alloc(0),
  };
}

export interface Reply {
  readonly status: number;
  readonly reason: string;
  /** our tag, in To, where the request brought none */
  readonly tag?: string;
  readonly more?: readonly Header[];
  readonly content?: { readonly type: string; readonly body: string };
}

export function replyTo(request: SipRequest, from: Endpoint, reply: Reply): SipResponse {
  const [, ...others] = valuesOf(request, 'via');
  const top = viaOf(request);
  const to = addressOf(request, 'to');
  const tagged =
    to && reply.tag !== undefined && tagOf(to) === undefined
      ? writeAddress({ ...to, params: [...to.params, { name: 'tag', value: reply.tag }] })
      : (headerOf(request, 'to') ?? '');
  return {
    is: 'response',
    status: reply.status,
    reason: reply.reason,
    headers: [
      ...(top ? [{ name: 'via', value: writeVia(received(top, from)) }] : []),
      ...others.map(value => ({ name: 'via', value })),
      ...linesOf(request, 'record-route').map(value => ({ name: 'record-route', value })),
      { name: 'from', value: headerOf(request, 'from') ?? '' },
      { name: 'to', value: tagged },
      { name: 'call-id', value: headerOf(request, 'call-id') ?? '' },
      { name: 'cseq', value: headerOf(request, 'cseq') ?? '' },
      ...(reply.more ?? []),
      ...(reply.content ? [{ name: 'content-type', value: reply.content.type }] : []),
    ],
    body: Buffer.from(reply.content?.body ?? ''),
  };
}

/** Where the peer is to send requests of this call: our end of the flow, as the peer sees it. */
export const contactOf = (flow: Flow, seen: Endpoint, user: string): string => {
  const transport = flow.target.protocol === 'udp' ? '' : `;transport=${flow.target.protocol}`;
  return `<sip:${user}@${hostPort(seen.address, seen.port)}${transport}>`;
};

/** Where the peer says that our request came from; nothing when its answer does not tell (RFC 3581). */
export function seenIn(response: SipResponse): Endpoint | undefined {
  const [line] = valuesOf(response, 'via');
  const via = line === undefined ? undefined : readVia(line);
  const value = (name: string): string | undefined => via?.params.find(param => param.name === name)?.value;
  const port = Number(value('rport') ?? Number.NaN);
  const address = value('received') ?? via?.host;
  if (address === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  return { address, port };
}
