import { useState } from 'preact/hooks';
import type { Account } from '../account/keep.ts';
import { useApp } from '../app-context.ts';
import { stopNotifying } from '../server/notifying.ts';
import { say } from '../server/talk.ts';
import { Switch } from './notify.tsx';
import { Button, Facts, Field, Form, Notice, Sheet } from './parts.tsx';

export function Settings({ account }: { account: Account }) {
  const { words, language, go } = useApp();
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const { device, organisation, displayName, loginName, issuer, addedAt, removedThere } = account;
  return (
    <Sheet title={words.settingsTitle} back>
      <Facts
        facts={[
          [words.organisation, organisation[language]],
          [words.account, `${displayName} (${loginName})`],
          [words.site, new URL(issuer).host],
          [words.addedOn, day.format(addedAt)],
        ]}
      />
      {removedThere ? (
        <Notice kind="warning">{words.goneThere}</Notice>
      ) : (
        <>
          <Rename account={account} />
          <h2>{words.notifications}</h2>
          <Switch account={account} />
        </>
      )}
      <h2>{words.remove}</h2>
      <Button kind="danger" icon="bin" onClick={() => go({ at: 'remove', device })}>
        {words.remove}
      </Button>
    </Sheet>
  );
}

function Rename({ account }: { account: Account }) {
  const { words, phone } = useApp();
  const [name, setName] = useState(account.deviceName);
  const [state, setState] = useState<'renamed' | 'renameFailed' | 'deviceNameWrong'>();
  const submit = async () => {
    const deviceName = name.normalize('NFKC').trim();
    if (deviceName === '' || deviceName.length > 50) return setState('deviceNameWrong');
    const told = await say(account, 'rename', { name: deviceName });
    if (told.ok) await phone.change(account.device, { deviceName });
    setState(told.ok ? 'renamed' : 'renameFailed');
  };
  return (
    <Form onSubmit={submit}>
      {state === 'renamed' && <Notice kind="success">{words.renamed}</Notice>}
      {state === 'renameFailed' && <Notice kind="error">{words.renameFailed}</Notice>}
      <Field
        name="device"
        label={words.deviceName}
        hint={words.deviceNameHint}
        wrong={state === 'deviceNameWrong' ? words.deviceNameWrong : undefined}
        value={name}
        onInput={value => {
          setName(value);
          setState(undefined);
        }}
      />
      <button type="submit" class="button secondary">
        {words.rename}
      </button>
    </Form>
  );
}

/** What it means, before it is done. */
export function Remove({ account }: { account: Account }) {
  const { words, phone, standing, goInstead, back } = useApp();
  const remove = async () => {
    const { device, issuer, removedThere } = account;
    const isLast = !standing.accounts.some(other => other.issuer === issuer && other.device !== device);
    const isTold = removedThere || (await stopNotifying(account, isLast));
    await phone.remove(device);
    goInstead({ at: 'home', said: isTold ? 'removedHere' : 'removedHereOnly' });
  };
  return (
    <Sheet title={words.removeTitle} back>
      <p class="lead">{words.removeLead({ account: account.loginName })}</p>
      {!account.removedThere && <Notice kind="warning">{words.removeFirst}</Notice>}
      <div class="answers">
        <Button kind="danger" onClick={remove}>
          {words.removeYes}
        </Button>
        <Button kind="secondary" onClick={back}>
          {words.cancel}
        </Button>
      </div>
    </Sheet>
  );
}
