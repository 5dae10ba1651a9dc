import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../../../src/methods/authenticator/api.ts';
import type { Account } from '../account/keep.ts';
import { answerRequest, readNumber } from '../answer.ts';
import { useApp, useNow, useWords } from '../app-context.ts';
import type { Request } from '../phone.ts';
import { takeNotificationsAway } from '../server/notifying.ts';
import type { View } from '../view.ts';
import type { Sentences } from '../words.ts';
import { Button, Facts, Field, Form, Notice, Sheet } from './parts.tsx';

/** One request: what somebody wants to enter, from where, when; and the number that shows that it is oneself. */
export function RequestView({ request, account }: { request: Request; account: Account }) {
  const { words, standing, phone, goInstead } = useApp();
  const left = Math.ceil((request.endsAt - useNow()) / 1000);
  const isOpen = standing.requests.some(one => one.request === request.request);
  const [number, setNumber] = useState('');
  const [problem, setProblem] = useState<'numberWrong' | 'notSent'>();
  const [sending, setSending] = useState(false);

  const end = (ending: (View & { at: 'ended' })['ending']) => {
    takeNotificationsAway(account.issuer);
    const waiting = phone.standing().requests.map(one => one.request);
    goInstead({ at: 'ended', request, ending, waiting });
  };
  useEffect(() => {
    if (sending) return;
    if (left <= 0) end('expired');
    else if (!isOpen) end('over');
  }, [left <= 0, isOpen, sending]);

  const send = async (decision: Answer['decision'], typed = ''): Promise<void> => {
    if (sending) return;
    setSending(true);
    setProblem(undefined);
    const ending = await answerRequest(account, request, decision, typed);
    if (ending === 'unsent') {
      setSending(false);
      return setProblem('notSent');
    }
    phone.answered(request.request);
    end(ending);
  };
  const approve = () => {
    const typed = readNumber(number);
    if (typed === undefined) setProblem('numberWrong');
    else send('approve', typed);
  };
  const isSetUp = request.purpose === 'registration';
  return (
    <Sheet title={isSetUp ? words.registrationTitle : words.requestTitle}>
      <p class="lead">{isSetUp ? words.registrationLead : words.requestLead}</p>
      <Details request={request} account={account} />
      {problem === 'notSent' && <Notice kind="error">{words.notSent}</Notice>}
      <Form onSubmit={approve}>
        <Field
          name="number"
          label={isSetUp ? words.numberSetUp : words.number}
          hint={words.numberHint}
          wrong={problem === 'numberWrong' ? words.numberWrong : undefined}
          value={number}
          class="code"
          inputMode="numeric"
          onInput={value => {
            setNumber(value);
            setProblem(undefined);
          }}
        />
        <div class="answers">
          <button type="submit" class="button">
            {words.approve}
          </button>
          <Button kind="danger" onClick={() => send('report')}>
            {words.report}
          </Button>
        </div>
        <button type="button" class="link" onClick={() => send('deny')}>
          {isSetUp ? words.denySetUp : words.deny}
        </button>
      </Form>
      <p class="quiet" role={sending ? 'status' : undefined}>
        {sending ? words.sending : timeLeft(words, left)}
      </p>
    </Sheet>
  );
}

/** A sign-in waits for a minute, the first question of a set-up for five: seconds would be hard to read there. */
const timeLeft = ({ secondsLeft, minutesLeft }: Sentences, left: number): string =>
  left > 90 ? minutesLeft({ n: Math.ceil(left / 60) }) : secondsLeft({ n: Math.max(left, 0) });

function Details({ request, account }: { request: Request; account: Account }) {
  const { words, language } = useApp();
  const { application, askedAt } = request;
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <Facts
      facts={[
        [words.application, application || words.ownPages],
        [words.place, <Place key="place" request={request} />],
        [words.time, time.format(askedAt)],
        [words.account, `${account.loginName} – ${account.organisation[language]}`],
      ]}
    />
  );
}

function Place({ request: { place } }: { request: Request }) {
  const words = useWords();
  if (place.trusted) return <>{[words.placeTrusted, place.address].filter(Boolean).join(' – ')}</>;
  return <>{place.address || words.placeUnknown}</>;
}

const kinds = {
  approved: 'success',
  denied: 'info',
  reported: 'warning',
  'wrong-number': 'error',
  over: 'info',
  expired: 'info',
  removed: 'error',
  failed: 'error',
} as const;

/** What became of it. */
export function Ended({ view, next }: { view: View & { at: 'ended' }; next(): void }) {
  const words = useWords();
  const { request, ending } = view;
  const isSetUp = request.purpose === 'registration';
  const { title, line } =
    isSetUp && (ending === 'denied' || ending === 'reported')
      ? words.setUpResults[ending]
      : words.results[ending];
  return (
    <Sheet title={title}>
      <Notice kind={kinds[ending]}>{isSetUp && ending === 'approved' ? words.addedLead : line}</Notice>
      <Button onClick={next}>{words.done}</Button>
    </Sheet>
  );
}
