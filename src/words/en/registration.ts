/** セキュリティ情報の登録: the wizard that adds a way to prove who you are. */
export const registration = {
  secureTitle: 'Keep your account secure',
  secureLead: 'We help you to set up another way to prove that it is you.',
  chooseTitle: 'Add a sign-in method',
  chooseLead: 'Choose what you want to use. You can add more later.',
  another: 'I want to set up a different method',
  recommended: 'Recommended',
  nothing: 'There is nothing that you could add now.',
  appTitle: 'Authenticator app',
  appLine: 'A code from an app on your smartphone. Works without a connection.',
  mobileTitle: 'Phone',
  mobileLine: 'Receive a call or a text message with a code.',
  alternateMobileTitle: 'Alternate phone',
  alternateMobileLine: 'A second phone that receives a call.',
  officeTitle: 'Office phone',
  officeLine: 'A call to your desk, with an extension if needed.',
  back: 'Back',
  next: 'Next',
  cancel: 'Cancel',
  done: 'Done',
  phoneAdded: 'The phone number was added',
  phoneAddedLead: 'From now on you can prove who you are with this phone.',
  reported:
    'Whoever answered the call said that they had not asked for it. The number was not added. If you mistyped it, choose another method below and enter the right number. If the phone is yours, tell the office.',
  numberReportedFor: (p: { wait: string }) =>
    `Whoever answered at this number said that they had not asked for it. For another ${p.wait}, it is not called or texted for this account. Use another number, or ask the office.`,
  numberReportedUntilLifted:
    'Whoever answered at this number said that they had not asked for it. It is not called or texted for this account until the office allows it. Use another number, or ask the office.',
  appAdded: 'The authenticator app was added',
  appAddedLead: 'From now on you can prove who you are with the codes that it shows.',
  mayClose: 'You can close this window.',
  appSetUpTitle: 'Set up an authenticator app',
  appInstall: 'Install an authenticator app on your smartphone, then scan this picture with it.',
  appCannotScan: 'I cannot scan the picture',
  appTypeThis: 'Type this key into the app:',
  appAccount: 'Account name in the app',
  appKey: 'Key',
  appOpen: 'Open the app on this device',
  appName: 'Name of this app or device',
  appNameHint: 'So that you recognise it in the list. For example: my iPhone',
  appNameTooLong: 'The name may have up to 50 characters.',
  appNameIsNumber: 'Give a name, not a telephone number.',
  appDefaultName: 'Authenticator app',
  appCheckTitle: 'Enter the code',
  appCheckLead: 'Enter the 6-digit code that the app shows now.',
  limitReached: 'You have as many of these as you may have. Remove one first.',
  mustFinish: 'This is needed before you can go on.',
  early: (p: { date: string }) => `From ${p.date} this will be needed to sign in. You can set it up now.`,
  noticeSubject: (p: { organisation: string }) => `${p.organisation}: your security info was changed`,
  noticeDear: (p: { name: string }) => `Dear ${p.name},`,
  noticeAdded: (p: { detail: string; when: string }) =>
    `On ${p.when} a way to sign in was added to your account: ${p.detail}`,
  noticeAssigned: (p: { detail: string; when: string }) =>
    `On ${p.when}, the office set this aside for you: ${p.detail}. It can be used once you have registered it in your security info.`,
  noticeChanged: (p: { detail: string; when: string }) =>
    `On ${p.when} a way to sign in to your account was changed to: ${p.detail}`,
  noticeRemoved: (p: { detail: string; when: string }) =>
    `On ${p.when} a way to sign in was deleted from your account: ${p.detail}`,
  noticeUsed: (p: { detail: string; when: string }) =>
    `On ${p.when} this was used with your account: ${p.detail}`,
  noticePreferred: (p: { detail: string; when: string }) =>
    `On ${p.when} the default way to sign in to your account was changed to: ${p.detail}`,
  noticeRenamed: (p: { detail: string; when: string; name: string }) =>
    `On ${p.when} a way to sign in to your account got another name: ${p.detail} is now called ${p.name}`,
  noticeAllRemoved: (p: { when: string }) =>
    `On ${p.when} the office deleted all your ways to sign in other than your password. Please register again when you next sign in.`,
  noticeNotYou: 'If this was not you, tell the office at once.',
  noticeShort: (p: { organisation: string; when: string }) =>
    `${p.organisation}: your sign-in methods were changed (${p.when}). Not you? Tell the office.`,
};
