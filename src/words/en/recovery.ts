/** Recovery codes: made, printed, and used on the day on which the phone is gone. */
export const recovery = {
  name: 'Recovery codes',
  choice: 'Use a recovery code',
  title: 'Enter a recovery code',
  label: 'Recovery code',
  hint: 'One of the codes that you printed or wrote down. Each works once. Capitals and hyphens do not matter.',
  left: (p: { n: number }) => `${p.n} left`,
  cardTitle: 'Recovery codes',
  cardLine: 'Ten codes on paper, for the day on which your phone is lost or broken.',
  make: 'Make recovery codes',
  remove: 'Delete the recovery codes',
  makeTitle: 'Recovery codes',
  /** what a code is good for, as the organisation set it */
  goodFor: {
    'security-info':
      'If your phone is lost, a recovery code lets you register a new one. It does not let you into applications.',
    applications:
      'If your phone is not at hand or is lost, you can sign in with your password and a recovery code, and register a new phone.',
  },
  makeOld: (p: { n: number }) =>
    `You have ${p.n} codes left. Once you have saved the new ones, the old ones no longer work.`,
  offer:
    'What if this is lost one day? With recovery codes on paper you can register something else in its place.',
  fewLeft: (p: { n: number }) =>
    p.n === 1 ? 'One recovery code is left.' : `${p.n} recovery codes are left.`,
  newTitle: 'Save your recovery codes',
  newLead:
    'Print this page, or write the codes down, and keep them where you would find them without your phone.',
  codes: 'Recovery codes',
  once: 'The codes are shown only now, and they work only after you press the button below.',
  saved: 'I have saved them',
  savedNow: 'Your recovery codes are ready.',
  cannotUseAny: 'If you can use none of these',
  cannotUseAnyHelp:
    'With a recovery code you can register a new phone or app. If you have none, ask the office.',
  cannotUseAnyOffice: 'Ask the office: they can help you to register another way.',
  recover: 'Use a recovery code',
};
