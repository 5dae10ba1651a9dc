import { type Foundation, openFoundation } from '../../foundation.ts';
import {
  checkGateways,
  costsBetween,
  dayOf,
  type Gateways,
  parsePhoneNumber,
  pausedCountries,
  resumeCountry,
  type Stage,
  tryOut,
  untilKnown,
} from '../../gateways/index.ts';
import { days } from '../../kit/clock.ts';
import { gatewaysOf } from '../../main.ts';
import { phoneRulesOf } from '../../methods/index.ts';
import { type Words, wordsFor } from '../../words/index.ts';
import { type Command, CommandFailed, type Common, command, type Program, type Screens } from '../command.ts';
import { configurationFor, whoTyped } from '../context.ts';
import { languageOf } from '../run.ts';
import { tableOf } from '../table-text.ts';
import { shownTime } from '../time.ts';

type Sentences = Words['office']['gateways'];

/** Opens the gateways of the configuration beside the running server, for as long as the work takes. */
async function withGateways(
  common: Common,
  { stderr }: Screens,
  work: (foundation: Foundation, gateways: Gateways) => Promise<number>,
): Promise<number> {
  const configuration = configurationFor(common, process.env);
  checkGateways(configuration.gateways);
  const say = (line: string): void => stderr.write(`${line}\n`);
  const foundation = await openFoundation({ configuration, as: 'command', say });
  const gateways = gatewaysOf(foundation, (level, message, detail) => {
    if (level === 'warn') say(`${message} ${JSON.stringify(detail)}`);
  });
  try {
    return await work(foundation, gateways);
  } finally {
    await Promise.all([...gateways.text, ...gateways.voice].map(gateway => gateway.close()));
    await foundation.close();
  }
}

export const gatewayPrograms: readonly Program[] = [
  {
    path: 'gateways list',
    arguments: [],
    options: {},
    start: (_given, common, screens) =>
      withGateways(common, screens, async ({ configuration }, { text, voice }) => {
        const { office } = wordsFor(languageOf(common.language, process.env));
        const all = [...text, ...voice];
        const entries = [...configuration.gateways.text, ...configuration.gateways.voice];
        await untilKnown(all);
        const rows = all.map(({ id, kind, state, terms }) => ({
          id,
          kind,
          driver: entries.find(entry => entry.id === id)?.driver ?? '',
          ...state(),
          ...terms,
        }));
        const t = office.gateways;
        const table = tableOf(
          [t.id, t.kind, t.driver, t.state, t.countries, t.cost],
          rows.map(row => [
            row.id,
            t.kinds[row.kind],
            row.driver,
            'because' in row ? `${t.states[row.is]}: ${row.because}` : t.states[row.is],
            row.countries?.join(' ') ?? t.everywhere,
            row.cost ? `${row.cost.amount} ${row.cost.currency}` : '',
          ]),
        );
        const shown = common.json ? JSON.stringify(rows, null, 2) : all.length === 0 ? t.none : table;
        screens.stdout.write(`${shown}\n`);
        return rows.some(({ is }) => is === 'down') ? 1 : 0;
      }),
  },
  {
    path: 'gateways test',
    arguments: [],
    options: {
      to: { kind: 'text', value: 'number', required: true },
      by: { kind: 'text', value: 'way' },
      gateway: { kind: 'text', value: 'id' },
      wait: { kind: 'number', value: 'seconds' },
    },
    start: (given, common, screens) =>
      withGateways(common, screens, (foundation, gateways) =>
        tryIt(given.options, common, screens, foundation, gateways),
      ),
  },
];

async function tryIt(
  options: Readonly<Record<string, unknown>>,
  common: Common,
  { stdout, stderr }: Screens,
  { storage, clock, directory }: Foundation,
  gateways: Gateways,
): Promise<number> {
  const language = languageOf(common.language, process.env);
  const words = wordsFor(language);
  const t = words.office.gateways;
  const fail = (sentence: string): number => {
    if (common.json) stdout.write(`${JSON.stringify({ error: sentence })}\n`);
    else stderr.write(`${sentence}\n`);
    return 1;
  };
  const settings = await directory.settings.rules();
  const { timeZone } = settings.organisation;
  const rules = phoneRulesOf(settings);
  const reading = parsePhoneNumber(String(options.to), rules);
  if (!reading.ok) return fail(words.phone.problems[reading.problem]);
  const by = options.by === undefined ? (reading.type === 'mobile' ? 'text' : 'call') : options.by;
  if (by !== 'text' && by !== 'call') return fail(t.byWhat);
  const wanted = <G extends { readonly id: string }>(all: readonly G[]): readonly G[] =>
    options.gateway === undefined ? all : all.filter(({ id }) => id === options.gateway);
  const chosen = { text: wanted(gateways.text), voice: wanted(gateways.voice) };
  if ((by === 'text' ? chosen.text : chosen.voice).length === 0) return fail(t.noneForThis);

  const began = performance.now();
  const tell = (stage: Stage | { readonly stage: 'number'; readonly number: string }): void => {
    const at = Math.round(performance.now() - began);
    const sentence =
      stage.stage === 'number' ? t.number({ number: stage.number }) : sentenceOf(stage, t, timeZone);
    const line = `${(at / 1000).toFixed(1).padStart(6)} s  ${sentence}`;
    stdout.write(`${common.json ? JSON.stringify({ at, ...stage }) : line}\n`);
  };
  tell({ stage: 'number', number: reading.international });
  const came = await tryOut({
    storage,
    clock,
    gateways: chosen,
    settings: rules,
    actor: whoTyped(process.env),
    by,
    to: reading.number,
    ...(reading.extension ? { extension: reading.extension } : {}),
    text: t.testText({ time: shownTime({ timeZone }, clock.now()).slice(11) }),
    language,
    patience: 1000 * (typeof options.wait === 'number' ? options.wait : by === 'text' ? 60 : 120),
    tell,
  });
  if (!common.json) stdout.write(`${came ? t.cameAbout : t.didNotComeAbout}\n`);
  return came ? 0 : 1;
}

function sentenceOf(stage: Stage, t: Sentences, timeZone: string): string {
  switch (stage.stage) {
    case 'gateway':
      return t.stateOf({
        gateway: stage.gateway,
        state: t.states[stage.state.is],
        because: stage.state.is === 'down' ? stage.state.because : undefined,
      });
    case 'asked':
      return t.asked({ gateway: stage.gateway });
    case 'answered': {
      const { answer, gateway } = stage;
      if (answer.taken === true) return t.taken({ gateway, reference: answer.reference });
      return answer.taken === 'perhaps'
        ? t.perhaps({ gateway, reason: answer.reason })
        : t.refused({ gateway, reason: answer.reason });
    }
    case 'not-sent': {
      const { refusal } = stage;
      if (refusal.reason === 'too-many-sends')
        return t.tooMany({ until: shownTime({ timeZone }, refusal.until) });
      if (refusal.reason === 'not-sent-there')
        return t.notSentThere({ until: shownTime({ timeZone }, refusal.until) });
      return t.notSent[refusal.reason];
    }
    case 'outcome':
      return t.outcomes[stage.state];
  }
}

export const gatewayCommands: readonly Command[] = [
  command({
    path: 'gateways paused',
    async run({ storage, clock, words, timeZone }) {
      const paused = await pausedCountries(storage.db, clock.now());
      const t = words.gateways;
      const rows = paused.map(({ country, until }) => [country, shownTime({ timeZone }, until)]);
      return {
        data: paused,
        text: paused.length === 0 ? t.nonePaused : tableOf([t.country, t.pausedUntil], rows),
      };
    },
  }),
  command({
    path: 'gateways resume',
    arguments: ['<country>'],
    async run({ storage, audit, clock, actor, words }, _, name = '') {
      const country = name.toUpperCase();
      const until = await storage.tx(tx => resumeCountry(tx, { audit, country, actor, now: clock.now() }));
      const t = words.gateways;
      return until === undefined
        ? { data: { country, resumed: false }, text: t.notPaused({ country }) }
        : { data: { country, resumed: true, pausedUntil: until }, text: t.resumed({ country }) };
    },
  }),
  command({
    path: 'gateways costs',
    options: { from: { kind: 'text', value: 'day' }, to: { kind: 'text', value: 'day' } },
    async run({ storage, directory, clock, words }, options) {
      const { timeZone } = (await directory.settings.rules()).organisation;
      const day = (option: string, value: string | undefined, otherwise: number): string => {
        if (value === undefined) return dayOf(otherwise, timeZone);
        if (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))) return value;
        throw new CommandFailed(words.usage.notATime({ option, value }));
      };
      const from = day('--from', options.from, clock.now() - days(30));
      const to = day('--to', options.to, clock.now());
      const costs = await costsBetween(storage.db, from, to);
      const t = words.gateways;
      const currencies = [...new Set(costs.map(({ currency }) => currency))];
      const totals = currencies.map(currency => {
        const of = costs.filter(cost => cost.currency === currency);
        return {
          currency,
          sends: of.reduce((sum, cost) => sum + cost.sends, 0),
          amount: Math.round(of.reduce((sum, cost) => sum + cost.amount, 0) * 1_000_000) / 1_000_000,
        };
      });
      const rows = costs.map(cost => [
        cost.day,
        cost.gateway,
        cost.kind === 'call' ? t.kinds.voice : t.kinds.text,
        String(cost.sends),
        `${cost.amount} ${cost.currency}`,
      ]);
      const sums = totals.map(total => [
        t.total,
        '',
        '',
        String(total.sends),
        `${total.amount} ${total.currency}`,
      ]);
      return {
        data: { from, to, days: costs, totals },
        text:
          costs.length === 0
            ? t.noCosts({ from, to })
            : tableOf([t.day, t.id, t.kind, t.sends, t.cost], [...rows, ...sums]),
      };
    },
  }),
];
