import { MovingOn, useWords } from '../../../web/ui/index.ts';
import type { SignIn } from '../sign-in.ts';

/**
 * The end of a sign-in is a page that moves on: a redirect after a POST would be blocked by our own
 * `form-action` once it leaves for the application.
 */
export function Onwards({ signIn }: { signIn: SignIn }) {
  const t = useWords().signIn;
  const { target, returnTo, refusedTo } = signIn.aim;
  if (target.is === 'security-info') return <GoOn to={returnTo} />;
  const application = target.name;
  if (target.is === 'application') return <GoOn to={returnTo} application={application} />;
  return signIn.step.is === 'refused' && refusedTo ? (
    <MovingOn title={t.goingBackTo({ application })} to={refusedTo.denied} link={t.goOn} />
  ) : (
    <MovingOn title={t.provedGoingOn({ application })} to={returnTo} link={t.goOn} />
  );
}

/** Within us, or to an application: its name says which. */
export function GoOn({ to: address, application }: { to: string; application?: string }) {
  const t = useWords().signIn;
  return (
    <MovingOn title={application ? t.goingOnTo({ application }) : t.goingOn} to={address} link={t.goOn} />
  );
}
