import type { Header, SipRequest, SipResponse } from '../../../wire/sip/index.ts';
import type { Proving } from './credentials.ts';
import type { Stack } from './stack.ts';
import type { Flow } from './transport.ts';

export type Answer =
  | { readonly is: 'response'; readonly response: SipResponse }
  | { readonly is: 'timeout' | 'transport' };

/** Sends a request that is no INVITE, proves who we are where that is asked, and resolves with the last answer. */
export async function ask(
  stack: Stack,
  flow: Flow,
  proving: Proving,
  make: (more: readonly Header[]) => SipRequest,
): Promise<Answer> {
  let more: readonly Header[] = [];
  for (;;) {
    const request = make(more);
    const answer = await once(stack, flow, request);
    if (answer.is !== 'response' || !proving.challenged(answer.response)) return answer;
    more = proving.headers(request);
  }
}

const once = (stack: Stack, flow: Flow, request: SipRequest): Promise<Answer> =>
  new Promise(resolve =>
    stack.send(request, flow, {
      response: response => {
        if (response.status >= 200) resolve({ is: 'response', response });
      },
      failed: is => resolve({ is }),
    }),
  );
