import {
  Button,
  Card,
  Field,
  Form,
  Page,
  RadioGroup,
  usePage,
  useTime,
  useWords,
} from '../../web/ui/index.ts';
import { readBack } from '../gateways/index.ts';
import { Handset } from './handset.tsx';
import type { Fault, PhoneSeen } from './network.ts';

export const addressOf = (number: string): string => `/simulator/phones/${encodeURIComponent(number)}`;

/** Every phone that was used, and what is the matter with the network. */
export function ListPage(props: {
  phones: readonly PhoneSeen[];
  fault: Fault;
  version: number;
  typed: string | undefined;
}) {
  const t = useWords().simulator;
  return (
    <Page title={t.title} lead={t.lead} refresh={5} wait={`/simulator/wait?seen=${props.version}`} wide>
      <Sheet />
      <div class="simulator">
        <div class="simulator-part">
          <h2>{t.phones}</h2>
          {props.phones.length === 0 && <p class="quiet">{t.noPhones}</p>}
          {props.phones.map(phone => (
            <PhoneCard key={phone.number} phone={phone} />
          ))}
        </div>
        <div class="simulator-part">
          <h2>{t.open}</h2>
          <Form action="/simulator/open">
            <Field
              name="number"
              type="tel"
              inputmode="tel"
              label={t.openHint}
              value={props.typed}
              error={props.typed === undefined ? undefined : t.notANumber}
            />
            <Button kind="secondary">{t.openButton}</Button>
          </Form>
          <h2>{t.faults}</h2>
          <Form action="/simulator/fault">
            <RadioGroup
              name="fault"
              label={t.faultsLead}
              value={props.fault}
              options={[
                { value: 'none', label: t.faultNone },
                { value: 'undelivered', label: t.faultUndelivered },
                { value: 'refused', label: t.faultRefused },
                { value: 'slow', label: t.faultSlow },
              ]}
            />
            <Button kind="secondary">{t.set}</Button>
          </Form>
        </div>
      </div>
    </Page>
  );
}

function PhoneCard({ phone }: { phone: PhoneSeen }) {
  const t = useWords().simulator;
  const time = useTime();
  const ringing = phone.calls.some(call => call.state === 'ringing');
  const last = Math.max(0, ...phone.messages.map(m => m.at), ...phone.calls.map(c => c.at));
  const heard = last === 0 ? undefined : t.lastHeard({ when: time(last) });
  return (
    <Card
      href={addressOf(phone.number)}
      icon="phone"
      title={readBack(phone.number)}
      line={[t.messagesCount({ n: phone.messages.length }), heard].filter(Boolean).join('・')}
      badge={ringing ? t.ringingNow : undefined}
    />
  );
}

/** One phone on the screen, and beside it what kind of line it hangs on. */
export function PhonePage({ phone, version, now }: { phone: PhoneSeen; version: number; now: number }) {
  const t = useWords().simulator;
  const time = useTime();
  const here = addressOf(phone.number);
  const line = phone.line.analog
    ? 'analog'
    : phone.line.busy
      ? 'busy'
      : phone.line.voicemail
        ? 'voicemail'
        : 'plain';
  return (
    <Page
      title={t.phoneTitle({ number: readBack(phone.number) })}
      refresh={5}
      wait={`${here}/wait?seen=${version}`}
      wide
    >
      <Sheet />
      <p>
        <a href="/simulator">{t.back}</a>
      </p>
      <div class="simulator">
        <Handset phone={phone} now={now} action={act => `${here}/${act}`} />
        <div class="simulator-part">
          <Form action={`${here}/line`}>
            <RadioGroup
              name="line"
              label={t.line}
              value={line}
              options={[
                { value: 'plain', label: t.plainLine },
                { value: 'analog', label: t.analog, line: t.analogHint },
                { value: 'busy', label: t.busy },
                { value: 'voicemail', label: t.voicemail },
              ]}
            />
            <Button kind="secondary">{t.save}</Button>
          </Form>
          <h2>{t.calls}</h2>
          {phone.calls.length === 0 ? (
            <p class="quiet">{t.noCalls}</p>
          ) : (
            <ul class="simulator-calls">
              {phone.calls.toReversed().map(call => (
                <li key={call.id}>
                  <span class="quiet">{time(call.at)}</span> {t.states[call.state]}
                  {call.keys && <code> {call.keys}</code>}
                </li>
              ))}
            </ul>
          )}
          <Form action={`${here}/empty`}>
            <Button kind="secondary">{t.empty}</Button>
          </Form>
        </div>
      </div>
    </Page>
  );
}

/** The simulator's own style and sounds; no other page needs them. */
function Sheet() {
  const { asset } = usePage();
  return (
    <>
      <link rel="stylesheet" href={asset('simulator.css')} />
      <script type="module" src={asset('simulator.js')} />
    </>
  );
}
