import type { Instant } from '../kit/clock.ts';
import { days, minutes } from '../kit/clock.ts';
import type { Db } from '../storage/index.ts';
import { bounds, type Measure } from './measure.ts';

/** Of what a gateway took in a day and people have had the time to use: how much, and how much they used. */
export interface Used {
  readonly gateway: string;
  readonly sent: number;
  readonly verified: number;
}

export async function usedOf(db: Db, now: Instant): Promise<readonly Used[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(row => [
      'gateway',
      row.fn.countAll<string>().as('sent'),
      row.fn.count<string>('verified_at').as('verified'),
    ])
    .where('kind', '!=', 'notice')
    .where('state', '!=', 'refused')
    .where('created_at', '>', now - days(1))
    .where(row => row.or([row('created_at', '<', now - minutes(10)), row('verified_at', 'is not', null)]))
    .groupBy('gateway')
    .execute();
  return rows.map(({ gateway, sent, verified }) => ({
    gateway: gateway ?? '',
    sent: Number(sent),
    verified: Number(verified),
  }));
}

/** Everything in the text format of Prometheus, version 0.0.4. */
export function metricsText(
  measures: readonly Measure[],
  used: readonly Used[],
  paused: readonly { readonly country: string; readonly until: Instant }[],
): string {
  const of = ({ gateway: { id, kind } }: Measure) => ({ gateway: id, kind });
  return [
    ...family(
      'genkan_gateway_up',
      'gauge',
      'Whether the gateway could take something now.',
      measures,
      measure => [{ labels: of(measure), value: measure.gateway.state().is === 'up' ? 1 : 0 }],
    ),
    ...family(
      'genkan_gateway_sends_total',
      'counter',
      'What the gateway was asked to send.',
      measures,
      measure =>
        [...measure.answers].map(([result, value]) => ({ labels: { ...of(measure), result }, value })),
    ),
    ...family('genkan_gateway_outcomes_total', 'counter', 'What the network reported.', measures, measure =>
      [...measure.outcomes].map(([outcome, value]) => ({ labels: { ...of(measure), outcome }, value })),
    ),
    ...family(
      'genkan_gateway_send_seconds',
      'histogram',
      'How long the gateway took to answer.',
      measures,
      measure => [
        ...[...bounds, '+Inf'].map((le, index) => ({
          suffix: '_bucket',
          labels: { ...of(measure), le: String(le) },
          value: measure.within[index] ?? 0,
        })),
        { suffix: '_sum', labels: of(measure), value: measure.waited },
        { suffix: '_count', labels: of(measure), value: measure.within.at(-1) ?? 0 },
      ],
    ),
    ...family(
      'genkan_gateway_sent_day',
      'gauge',
      'Codes and calls of a day that could have been used.',
      used,
      it => [{ labels: { gateway: it.gateway }, value: it.sent }],
    ),
    ...family(
      'genkan_gateway_verified_ratio',
      'gauge',
      'How many of them were used by their person.',
      used,
      it => [{ labels: { gateway: it.gateway }, value: it.sent === 0 ? 0 : it.verified / it.sent }],
    ),
    ...family(
      'genkan_country_paused_until_seconds',
      'gauge',
      'Until when nothing is sent to a country, since few use what they are sent (Unix time). Absent: not paused.',
      paused,
      ({ country, until }) => [{ labels: { country }, value: Math.round(until / 1000) }],
    ),
    '',
  ].join('\n');
}

interface Sample {
  readonly suffix?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function family<T>(
  name: string,
  type: 'gauge' | 'counter' | 'histogram',
  help: string,
  of: readonly T[],
  samples: (one: T) => readonly Sample[],
): string[] {
  const lines = of.flatMap(samples).map(({ suffix = '', labels, value }) => {
    const written = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
    return `${name}${suffix}{${written.join(',')}} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
