import { useEffect, useState } from 'preact/hooks';
import type { Looked } from '../../../src/methods/authenticator/api.ts';
import type { SetUpLink } from '../account/link.ts';
import { useApp, useWords } from '../app-context.ts';
import { type AddProblem, addAccount, guessDevice, readAccount } from '../set-up.ts';
import { Button, Facts, Field, Form, Notice, Sheet } from './parts.tsx';

/** The address in place of the picture. */
export function TypeAddress({ read }: { read(text: string): SetUpLink | undefined }) {
  const { words, goInstead } = useApp();
  const [address, setAddress] = useState('');
  const [isWrong, setWrong] = useState(false);
  const submit = () => {
    const link = read(address);
    if (link) goInstead({ at: 'add', link });
    else setWrong(true);
  };
  return (
    <Sheet title={words.typeTitle} back>
      <p class="lead">{words.typeLead}</p>
      <Form onSubmit={submit}>
        <Field
          name="address"
          label={words.address}
          hint={words.addressHint}
          wrong={isWrong ? words.addressWrong : undefined}
          value={address}
          inputMode="url"
          autoFocus
          onInput={value => {
            setAddress(value);
            setWrong(false);
          }}
        />
        <button type="submit" class="button">
          {words.next}
        </button>
      </Form>
    </Sheet>
  );
}

/** Whose account it is, what this device is called, and the keys that are made for it. */
export function AddAccount({ link }: { link: SetUpLink }) {
  const { words } = useApp();
  const [looked, setLooked] = useState<Looked | AddProblem>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    setLooked(undefined);
    readAccount(link).then(found => wanted && setLooked(found));
    return () => {
      wanted = false;
    };
  }, [link, turn]);
  if (typeof looked === 'object') return <Confirm link={link} looked={looked} />;
  return (
    <Sheet title={words.addTitle} back>
      {looked === undefined ? (
        <p role="status">{words.loading}</p>
      ) : (
        <Problem problem={looked} again={() => setTurn(turn + 1)} />
      )}
    </Sheet>
  );
}

function Problem({ problem, again }: { problem: AddProblem; again(): void }) {
  const words = useWords();
  return (
    <>
      <Notice kind="error">{words.addProblems[problem]}</Notice>
      {problem === 'unreachable' && <Button onClick={again}>{words.tryAgain}</Button>}
    </>
  );
}

function Confirm({ link, looked }: { link: SetUpLink; looked: Looked }) {
  const { words, language, phone, goInstead } = useApp();
  const guess = guessDevice(navigator.userAgent);
  const [name, setName] = useState(guess ? words.deviceOf(guess) : words.thisDevice);
  const [problem, setProblem] = useState<AddProblem>();
  const [isWrong, setWrong] = useState(false);
  const [isSending, setSending] = useState(false);
  const submit = async () => {
    const deviceName = name.normalize('NFKC').trim();
    if (deviceName === '' || deviceName.length > 50) return setWrong(true);
    if (isSending) return;
    setSending(true);
    const account = await addAccount(link, looked, deviceName);
    setSending(false);
    if (typeof account === 'string') return setProblem(account);
    await phone.add(account);
    navigator.storage?.persist?.();
    goInstead({ at: 'added', device: account.device });
  };
  const { organisation, displayName, loginName } = looked;
  return (
    <Sheet title={words.addTitle} back>
      <p class="lead">{words.addLead}</p>
      <Facts
        facts={[
          [words.organisation, organisation[language]],
          [words.account, `${displayName} (${loginName})`],
          [words.site, new URL(link.issuer).host],
        ]}
      />
      {link.issuer !== location.origin && <Notice kind="warning">{words.siteUnknown}</Notice>}
      {problem && <Problem problem={problem} again={submit} />}
      <Form onSubmit={submit}>
        <Field
          name="device"
          label={words.deviceName}
          hint={words.deviceNameHint}
          wrong={isWrong ? words.deviceNameWrong : undefined}
          value={name}
          onInput={value => {
            setName(value);
            setWrong(false);
          }}
        />
        <button type="submit" class="button">
          {isSending ? words.sending : words.add}
        </button>
      </Form>
    </Sheet>
  );
}

/** Added; now the set-up page shows a number, and asks for it here. */
export function Added({ next }: { next(): void }) {
  const words = useWords();
  return (
    <Sheet title={words.addedTitle}>
      <Notice kind="success">{words.addedLead}</Notice>
      <Button kind="secondary" onClick={next}>
        {words.next}
      </Button>
    </Sheet>
  );
}
