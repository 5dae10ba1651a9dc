/** Between an application and us: sign-out, and what went wrong on the way. */
export const oidc = {
  goOn: 'Going on to the application',
  goOnLink: 'Go on',
  signOutTitle: 'Sign out?',
  signOutText:
    'An application asks to sign you out. You will be signed out of all applications in this browser.',
  signOut: 'Sign out',
  staySignedIn: 'Stay signed in',
  signedOutTitle: 'You are signed out',
  signedOutText: 'On a computer that others use too, close all windows of the browser.',
  signInAgain: 'Sign in again',
  troubleTitle: 'The application could not be opened',
  troubleRequest:
    'The application sent a request that we cannot answer. Open it anew; if it happens again, tell the people who run it.',
  troubleClient:
    'The application that sent you here is not registered, or was switched off. Tell the people who run it.',
  troubleRedirect:
    'The application wants to be answered at an address that is not registered for it. For your safety you are not sent there.',
  troubleOver: 'This took too long, or was already finished in another tab. Open the application anew.',
  troubleLater:
    'We cannot reach our database for the moment. Nothing was changed. Try again in a few seconds.',
  troubleOurs: 'Something went wrong on our side. Try again; if it happens again, tell the office.',
  forDeveloper: 'For the developer of the application',
};
