/** Users, and what the office does for them. */
export const users = {
  unknown: (p: { name: string }) => `There is no user "${p.name}".`,
  unknownNext: (p: { name: string }) => `genkan users list --search "${p.name}"`,
  temporaryPassword: (p: { password: string; until: string }) =>
    `Temporary password: ${p.password}\nIt is shown this once, must be changed at the next sign-in, and is worth nothing after ${p.until}.`,
  passwordReset: (p: { name: string; password: string; until: string }) =>
    `${p.name} has a temporary password: ${p.password}\nIt is shown this once, must be changed at the next sign-in, and is worth nothing after ${p.until}. Sign-ins, sessions and tokens ended.`,
  methodsRemoved: (p: { name: string; n: number }) =>
    `${p.n} sign-in method(s) of ${p.name} were deleted. Sign-ins, sessions and tokens ended.`,
  methodsRemovedNext: (p: { name: string }) =>
    `the next sign-in that needs a second proof registers anew; to ask for it at the very next one, whatever policies say: genkan users require-registration "${p.name}"`,
  registrationRequired: (p: { name: string; n: number }) =>
    `${p.name} registers at the next sign-in. ${p.n} sign-in method(s) were deleted. Sign-ins, sessions and tokens ended.`,
  unlocked: (p: { name: string; n: number }) =>
    p.n > 0 ? `${p.name} may try again at once.` : `${p.name} was not locked.`,
  pauseLifted: (p: { since: string }) =>
    `A sign-in was reported at ${p.since} as not theirs: that pause is lifted, and phones and apps are asked again.`,
  numbersLifted: (p: { n: number }) =>
    p.n === 1
      ? 'A number was reported while it was being added: it may be called again.'
      : `${p.n} numbers were reported while they were being added: they may be called again.`,
  pauseLiftedNext: (p: { name: string }) =>
    `whoever was reported knows the password. Unless it was a mistake: genkan users reset-password "${p.name}"`,
  pausedUntil: (p: { since: string; until: string | undefined }) =>
    `${p.until ?? 'the office lifts it (genkan users unlock)'}; a sign-in was reported at ${p.since} as not theirs`,
  sessionsRevoked: (p: { name: string; n: number }) =>
    `${p.n} session(s) of ${p.name} ended, with all sign-ins and tokens.`,
  disabled: (p: { name: string }) => `${p.name} is disabled. Sign-ins, sessions and tokens ended.`,
  enabled: (p: { name: string }) => `${p.name} may sign in again.`,
  unregistered: (p: { n: number; total: number }) =>
    `${p.n} of ${p.total} enabled users have registered no sign-in method.`,
};
