import { Button, Form, Icon, usePage, useWords } from '../../web/ui/index.ts';
import { type PromptName, promptOf, questionOf } from '../gateways/index.ts';
import { seconds } from '../kit/clock.ts';
import type { CallSeen } from './call.ts';
import type { MessageSeen, PhoneSeen } from './network.ts';

type ActionOf = (act: 'answer' | 'hangup' | 'keys') => string;

/** How long a phone shows that a call ended before it goes back to its messages. */
const lingers = seconds(12);

/** A phone on the screen: a call when there is one, its messages otherwise. */
export function Handset({ phone, now, action }: { phone: PhoneSeen; now: number; action: ActionOf }) {
  const t = useWords().simulator;
  const call = phone.calls.findLast(({ endedAt }) => endedAt === undefined || now - endedAt < lingers);
  return (
    <section class="handset" aria-label={t.handset}>
      <div class="handset-bar" aria-hidden="true">
        <Clock now={now} />
        <span class="handset-island" />
        <Signal />
      </div>
      <div class="handset-screen" aria-live="polite">
        {call ? (
          <CallScreen call={call} analog={phone.line.analog} action={action} />
        ) : (
          <Messages messages={phone.messages} />
        )}
      </div>
    </section>
  );
}

function Clock({ now }: { now: number }) {
  const { language, timeZone } = usePage();
  return (
    <span>
      {new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone }).format(now)}
    </span>
  );
}

function Signal() {
  return (
    <svg viewBox="0 0 18 12" width="18" height="12" aria-hidden="true">
      {[3, 6, 9, 12].map((height, i) => (
        <rect key={height} x={i * 5} y={12 - height} width="3" height={height} rx="1" fill="currentColor" />
      ))}
    </svg>
  );
}

function Messages({ messages }: { messages: readonly MessageSeen[] }) {
  const { simulator: t } = useWords();
  const { language, timeZone } = usePage();
  const time = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
  });
  if (messages.length === 0)
    return (
      <p class="handset-empty">
        <Icon name="message" />
        {t.noMessages}
      </p>
    );
  return (
    <ol class="handset-messages" aria-label={t.messages}>
      {messages.toReversed().map(({ id, at, text }) => (
        <li key={id}>
          <span class="handset-when">{time.format(at)}</span>
          <p class="handset-bubble">
            <WithCode text={text} />
          </p>
        </li>
      ))}
    </ol>
  );
}

/** The first code in a text is large, and one click selects it whole. */
function WithCode({ text }: { text: string }) {
  const [code = ''] = /\d{6}/.exec(text) ?? [];
  const start = text.indexOf(code);
  if (code === '') return <>{text}</>;
  return (
    <>
      {text.slice(0, start)}
      <b class="handset-code">{code}</b>
      {text.slice(start + code.length)}
    </>
  );
}

function CallScreen({ call, analog, action }: { call: CallSeen; analog: boolean; action: ActionOf }) {
  const { simulator: t } = useWords();
  const fields = { call: call.id };
  return (
    <div class={`handset-call is-${call.state}`} data-call={call.state}>
      <p class="handset-caller">
        <span class="handset-face">
          <Icon name="shield" />
        </span>
        <strong>{t.from}</strong>
        <span>{call.state === 'ringing' ? t.call : t.states[call.state]}</span>
        {call.script.extension && <span>{t.extension({ digits: call.script.extension })}</span>}
      </p>
      {call.state === 'answered' && <InCall call={call} analog={analog} action={action('keys')} />}
      {call.endedAt !== undefined && <Goodbye call={call} />}
      <div class="handset-buttons">
        {(call.state === 'ringing' || call.state === 'answered') && (
          <div class="handset-hangup">
            <Form action={action('hangup')} fields={fields}>
              <Button kind="danger" icon="phone">
                {call.state === 'ringing' ? t.reject : t.hangUp}
              </Button>
            </Form>
          </div>
        )}
        {call.state === 'ringing' && (
          <div class="handset-answer">
            <Form action={action('answer')} fields={fields}>
              <Button icon="phone">{t.answer}</Button>
            </Form>
          </div>
        )}
      </div>
    </div>
  );
}

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

function InCall({ call, analog, action }: { call: CallSeen; analog: boolean; action: string }) {
  const { simulator: t } = useWords();
  return (
    <>
      <Spoken call={call} name={questionOf(call.script)} loop />
      <p class="handset-pressed">
        <span class="unseen">{t.pressed}: </span>
        <output data-pressed>{call.keys}</output>
      </p>
      <div class="handset-keypad" data-keypad={analog ? 'analog' : 'tone'}>
        <Form action={action} fields={{ call: call.id }}>
          {keys.map(key => (
            <Button key={key} kind="secondary" name="keys" value={key}>
              {key}
            </Button>
          ))}
        </Form>
      </div>
    </>
  );
}

const closing: readonly PromptName[] = ['confirmed', 'fraud', 'wrong-key', 'no-key'];

function Goodbye({ call }: { call: CallSeen }) {
  const name = closing.find(prompt => prompt === call.state);
  return name ? <Spoken call={call} name={name} /> : null;
}

/** The announcement as sound, and its words for whoever cannot hear it. */
function Spoken({ call, name, loop = false }: { call: CallSeen; name: PromptName; loop?: boolean }) {
  const prompt = promptOf(call.script.language, name);
  return (
    <div class="handset-spoken" lang={call.script.language}>
      {/* biome-ignore lint/a11y/useMediaCaption: the words stand below it, whole. */}
      <audio src={usePage().asset(prompt.file)} controls autoplay loop={loop} />
      <p>{prompt.text}</p>
    </div>
  );
}
