import type { PhoneNumber, TextGateway, VoiceGateway } from './gateway.ts';
import { countryOf } from './phone-number.ts';

/**
 * The gateways that reach this number's country, in the order in which they are tried: as the operator wrote
 * them, but those that are known not to answer last. What hung for one person does not hang for the next.
 */
export function inOrder<G extends TextGateway | VoiceGateway>(
  gateways: readonly G[],
  to: PhoneNumber,
): readonly G[] {
  const bounded = gateways.some(({ terms }) => terms?.countries !== undefined);
  const country = bounded ? (countryOf(to) ?? '') : '';
  const reaching = gateways.filter(({ terms }) => terms?.countries?.includes(country) ?? true);
  const isDown = (gateway: G): boolean => gateway.state().is === 'down';
  return [...reaching.filter(gateway => !isDown(gateway)), ...reaching.filter(isDown)];
}
