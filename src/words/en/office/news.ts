/** Mails that the office gets unasked. */
export const news = {
  paused: (p: { name: string; country: string; code: string; until: string }) => ({
    subject: `${p.name}: texts and calls to ${p.country} are paused`,
    text: `Few of the people who were sent a code or called in ${p.country} used it. That is what it looks like when somebody earns money by making us send.\n\nNothing is sent there until ${p.until}. Other ways to sign in go on working.\n\nWhat was sent: genkan audit list\nWhat to do: docs/guides/toll-fraud.md\nNothing is wrong there: genkan gateways resume ${p.code}`,
  }),
  blockUsedUp: (p: { name: string; country: string; to: string; until: string }) => ({
    subject: `${p.name}: many texts and calls went to neighbouring numbers`,
    text: `As many texts and calls as are allowed went to ten thousand neighbouring numbers in ${p.country} (${p.to} is one of them), and too little of it was used. That is what it looks like when somebody earns money by making us send.\n\nNothing more is sent to these numbers before ${p.until}. Everybody else is sent to, and other ways to sign in go on working. You are told of the same numbers once a day.\n\nWhat was sent: genkan audit list --kind delivery.sent\nWhat to do: docs/guides/toll-fraud.md`,
  }),
  enrolment: (p: { name: string; who: string; at: string }) => ({
    subject: `${p.name}: the set-up of an app was reported`,
    text: `An app that was being added to the account of ${p.who} answered at ${p.at} that it was not them. It was not added. Their phones and apps go on being asked.\n\nEither somebody else got hold of the QR code of ${p.who}, or somebody who knows the password had ${p.who} scan it. Talk to the person.\n\nWhat happened: genkan audit list --user ${p.who}`,
  }),
  numberReported: (p: {
    name: string;
    who: string;
    to: string;
    at: string;
    pausedUntil: string | undefined;
  }) => ({
    subject: `${p.name}: the registration of a phone was reported`,
    text: `${p.to} was being added to the account of ${p.who}. Whoever answered the call there at ${p.at} said that they had not asked for it. The number was not added${
      p.pausedUntil === undefined
        ? ''
        : `, and is not called for this account ${p.pausedUntil === 'until-lifted' ? 'until you allow it' : `before ${p.pausedUntil}`}`
    }. What is registered to the account goes on being asked.\n\nMost of the time a number was mistyped. If ${p.who} knows nothing of it, somebody else knows the password:\ngenkan users reset-password ${p.who}\n\nWhat happened: genkan audit list --user ${p.who}${
      p.pausedUntil === undefined
        ? ''
        : `\nIf it is the phone of ${p.who} all the same: genkan users unlock ${p.who}`
    }`,
  }),
  fraud: (p: { name: string; who: string; at: string; pausedUntil: string | undefined }) => ({
    subject: `${p.name}: somebody else may know a password`,
    text: `${p.who} was asked to confirm a sign-in at ${p.at} and said that it was not theirs. The sign-in was refused. ${
      p.pausedUntil === undefined
        ? 'Their phones and apps go on being asked, as you have set it.'
        : `Their phones and apps are not asked ${p.pausedUntil === 'until-lifted' ? 'until you lift it' : `before ${p.pausedUntil}`}.`
    }\n\nWhoever started it knows the password. Talk to the person, and give a new one:\ngenkan users reset-password ${p.who}${p.pausedUntil === undefined ? '' : `\n\nThen let their phones and apps be asked again:\ngenkan users unlock ${p.who}`}`,
  }),
};
