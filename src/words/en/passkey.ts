/** パスキー: a key on a device of one's own, opened as the device is. */
export const passkey = {
  passkey: 'Passkey',
  securityKey: 'Security key',
  ofThisDevice: 'Passkey of a device',
  cardTitle: 'Passkey',
  cardLine: 'Fingerprint, face, PIN or security key. Nobody can take it from you by a false page.',
  formTitle: 'Set up a passkey',
  formLead: 'Your device asks you for your fingerprint, your face or its PIN, as when you unlock it.',
  formElsewhere:
    'You can keep the passkey on this device, on a smartphone (scan the code that appears), or on a security key.',
  formPrivate: 'Your fingerprint and your face never leave your device.',
  next: 'Next',
  makeTitle: 'Create the passkey',
  makeLead: 'Follow what your browser shows now. If nothing appears, press the button.',
  make: 'Create a passkey',
  added: 'The passkey was added',
  addedLead: 'From now on you can prove who you are with it.',
  choice: (p: { name: string }) => `Use a passkey: ${p.name}`,
  useTitle: 'Use your passkey',
  useLead: (p: { name: string }) =>
    `${p.name}: follow what your browser shows now. If nothing appears, press the button.`,
  use: 'Use the passkey',
  offerTitle: 'Sign in more easily next time?',
  offerLead:
    'With a passkey you need neither password nor code: you sign in by fingerprint, face or PIN, and no false page can take it from you.',
  offerYes: 'Set up a passkey',
  offerLater: 'Later',
  options: 'Sign-in options',
  signIn: 'Sign in with a passkey',
  needsScript:
    'Passkeys need JavaScript, which is off in this browser. Allow it for this site, or choose another way.',
  unsupported: 'This browser has no passkeys. Use another browser, or choose another way.',
  declinedHere:
    'Nothing was received: it was cancelled, took too long, or the device did not ask who you are. Press the button to try again, or choose another way.',
  already: 'This device or security key has a passkey for this account already.',
  failed: 'The passkey could not be used at this address. Choose another way, or ask the office.',
  wrong: 'This passkey cannot be used here. Try another one, or choose another way.',
  expired: 'That took too long. Press the button once more.',
  cloned:
    'This passkey was refused because a copy of it may be in use. Choose another way, remove it, and tell the office.',
  notAllowed:
    'This passkey is not accepted: it was removed, or your organisation does not accept its kind. Use another one, or choose another way.',
};
