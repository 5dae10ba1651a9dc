/** Between Microsoft Entra and us: what was proved, and what went wrong on the way. */
export const externalMfa = {
  arrived: 'Going on to prove that it is you',
  goOn: 'Go on',
  proved: 'Your identity is confirmed. Going back to Microsoft.',
  goingBack: 'Going back to Microsoft',
  goBack: 'Go back to Microsoft',
  troubleTitle: 'This proof could not be started',
  forAdministrator: (p: { code: string; number: string; clientRequestId: string | undefined }) =>
    `(For the office: ${p.code}, ${p.number}${p.clientRequestId === undefined ? '' : `, client-request-id ${p.clientRequestId}`})`,
  refusals: {
    'redirect-not-allowed':
      'The answer was to go to an address that is not Microsoft’s. For your safety nothing was sent.',
    malformed:
      'The request is not as Microsoft sends it. Start again at the application that you want to use.',
    'nonce-missing':
      'The request is not as Microsoft sends it. Start again at the application that you want to use.',
    'cannot-answer': 'Microsoft asks for a kind of proof that cannot be given here. Ask the office.',
    'unknown-tenant': 'The organisation that you come from is not set up here. Ask the office.',
    'unknown-client': 'The organisation that you come from is not set up rightly here. Ask the office.',
    'hint-malformed':
      'The request is not as Microsoft sends it. Start again at the application that you want to use.',
    'hint-not-signed':
      'The request does not come from Microsoft. Start again at the application that you want to use.',
    'hint-for-another': 'The request was not made for this place. Ask the office.',
    'hint-too-old': 'The request is too old. Start again at the application that you want to use.',
    'hint-replayed': 'The request was used already. Start again at the application that you want to use.',
    'keys-unavailable':
      'We cannot check just now whether the request comes from Microsoft. Try again in a minute.',
    'unknown-user': 'Your Microsoft account is not known here yet. Ask the office.',
    'user-disabled': 'This account cannot be used. Ask the office.',
    'bound-to-another': 'Your name belongs to another Microsoft account here. Ask the office.',
  },
};
