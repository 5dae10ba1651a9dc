import { z } from 'zod';
import { isSpokenLanguage, type SpokenLanguage } from '../../../words/index.ts';
import { callStates } from '../../gateway.ts';
import { lineSettings } from './settings.ts';

/** A call is known by the name of its delivery: never by whom it is to, and no message has a code of a sign-in. */
const id = z.string().min(1).max(64);

const script = z.strictObject({
  language: z.custom<SpokenLanguage>(value => typeof value === 'string' && isSpokenLanguage(value)),
  expect: z.union([
    z.strictObject({ keys: z.literal('#') }),
    z.strictObject({ keys: z.literal('number'), number: z.string().regex(/^\d{1,4}$/) }),
  ]),
  extension: z.string().max(20).exactOptional(),
});

/** What the server says to an agent. The first word is the line that it is to have. */
export const toAgent = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('line'), line: lineSettings }),
  z.strictObject({ is: z.literal('call'), id, to: z.string().regex(/^\+\d{3,15}$/), script }),
  z.strictObject({ is: z.literal('hang-up'), id }),
  z.strictObject({ is: z.literal('are-you-there') }),
]);
export type ToAgent = z.output<typeof toAgent>;

/** What an agent says to the server. */
export const fromAgent = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('state'),
    state: z.union([
      z.strictObject({ is: z.literal('up') }),
      z.strictObject({ is: z.literal('starting') }),
      z.strictObject({ is: z.literal('down'), because: z.string() }),
    ]),
  }),
  z.strictObject({ is: z.literal('here') }),
  z.strictObject({ is: z.literal('taken'), id }),
  z.strictObject({ is: z.literal('full'), id }),
  z.strictObject({ is: z.literal('call'), id, state: z.enum(callStates) }),
  /** its goodbyes are said too, and there is room for another one */
  z.strictObject({ is: z.literal('gone'), id }),
  z.strictObject({ is: z.literal('note'), text: z.string() }),
]);
export type FromAgent = z.output<typeof fromAgent>;
