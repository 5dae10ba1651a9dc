import { Button, Form, Icon, TimeLeft, useWords } from '../../../web/ui/index.ts';
import type { SignIn } from '../sign-in.ts';

export const to = (signIn: SignIn, act: string): string => `/sign-in/${signIn.id}/${act}`;

/** Who it is that shows what. */
export function Who({ signIn, now }: { signIn: SignIn; now: number }) {
  return (
    <>
      <p class="who">
        <Icon name="person" /> {signIn.loginName}
      </p>
      <Waiting signIn={signIn} now={now} />
    </>
  );
}

/** How long whoever asked for a proof will wait for it. */
function Waiting({ signIn, now }: { signIn: SignIn; now: number }) {
  const t = useWords().signIn;
  const { target } = signIn.aim;
  if (target.is !== 'proof') return null;
  const { name: application, until } = target;
  return (
    <TimeLeft
      until={until}
      now={now}
      sentence={({ wait }) => t.waitsFor({ application, wait })}
      over={t.waitsNoMore({ application })}
    />
  );
}

/** A way out: another person or, where somebody else said who it is, back to them. */
export function OtherAccount({ signIn }: { signIn: SignIn }) {
  const t = useWords().signIn;
  const { target } = signIn.aim;
  return (
    <Form action={to(signIn, 'other-account')}>
      <Button kind="link">
        {target.is === 'proof' ? t.backTo({ application: target.name }) : t.anotherAccount}
      </Button>
    </Form>
  );
}
