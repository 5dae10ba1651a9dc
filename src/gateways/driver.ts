import type { ZodType } from 'zod';
import type { Clock } from '../kit/clock.ts';
import type { TextGateway, VoiceGateway } from './gateway.ts';

/** What a driver has of the world besides its own settings. */
export interface DriverDeps {
  readonly clock: Clock;
  /** where the outside reaches Genkan, for providers that call back: `https://id.example.ac.jp` */
  readonly url: string;
  readonly dataFolder: string;
  /** a key of this gateway's own, for what it signs: addresses that come back to it */
  key(purpose: string): Buffer;
  /** what an operator should see; never a number, a text or a secret */
  log(level: 'info' | 'warn', message: string, detail?: Readonly<Record<string, unknown>>): void;
}

/**
 * A way to reach the telephone network, as the configuration names it: `driver: smpp`. One file or one
 * folder, and one line in the list of `drivers.ts`. Opening connects in the background and does not wait:
 * a gateway that is down when Genkan starts says so by its `state()`.
 *
 * Settings are strict, and without what every gateway has (`id`, `driver`, `countries`, `cost`). A setting
 * `password` may come as `passwordFile`, which names a file that holds it: the driver sees `password` only.
 */
export type Driver<Settings = unknown> = TextDriver<Settings> | VoiceDriver<Settings>;

interface Named<Settings> {
  readonly name: string;
  readonly settings: ZodType<Settings>;
}

export interface TextDriver<Settings = unknown> extends Named<Settings> {
  readonly kind: 'text';
  open(id: string, settings: Settings, deps: DriverDeps): TextGateway;
}

export interface VoiceDriver<Settings = unknown> extends Named<Settings> {
  readonly kind: 'voice';
  open(id: string, settings: Settings, deps: DriverDeps): VoiceGateway;
}
