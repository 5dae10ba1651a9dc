import { seconds } from '../kit/clock.ts';
import type { TextGateway, VoiceGateway } from './gateway.ts';

/** Says of each gateway, once it is known or ten seconds have passed, whether it answers. Returns how to stop asking. */
export function callTheRoll(
  gateways: readonly (TextGateway | VoiceGateway)[],
  log: (level: 'info' | 'warn', message: string, detail: Readonly<Record<string, unknown>>) => void,
  within: number = seconds(10),
): () => void {
  const end = performance.now() + within;
  let waiting = gateways;
  const asking = setInterval(
    () => {
      const late = performance.now() > end;
      waiting = waiting.filter(gateway => {
        const state = gateway.state();
        const detail = { gateway: gateway.id, kind: gateway.kind };
        if (state.is === 'starting' && !late) return true;
        if (state.is === 'up') log('info', 'the gateway answers', detail);
        else
          log('warn', 'the gateway does not answer', {
            ...detail,
            ...(state.is === 'down' ? { because: state.because } : {}),
          });
        return false;
      });
      if (waiting.length === 0) clearInterval(asking);
    },
    Math.min(200, within),
  ).unref();
  return () => clearInterval(asking);
}
