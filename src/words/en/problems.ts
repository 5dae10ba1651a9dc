/** What went wrong, by the code of http/problems.ts; and what to do about it. */
export const problems = {
  title: 'That did not work',
  number: (p: { id: string }) => `If you ask the office, give them this number: ${p.id}`,
  home: 'Go to my apps',
  'not-found': 'There is no such page. Check the address.',
  'bad-request': 'The page sent something that we do not understand. Go back and try again.',
  'too-large': 'What was sent is too large.',
  'not-same-site':
    'This form was not sent by our page in this browser. Open the page anew and try again, and allow cookies for this site.',
  'cookies-refused':
    'Your browser does not keep the cookie that signing in needs. Allow cookies for this site, or use another browser.',
  'sign-in.over': 'This sign-in is finished, was left, or took too long. Start again from the application.',
  'sign-in.moved-on':
    'This page is no longer the current one: another tab or a second press was faster. Go on from the current step.',
  'registration.over':
    'This setup is finished, was left, or took longer than 15 minutes. Nothing was changed. Start again.',
  'registration.moved-on':
    'This page is no longer the current one: another tab or a second press was faster. Go on from the current step.',
  'registration.not-allowed':
    'Your organisation does not allow setting this up from here. Come to the campus network, or ask the office.',
  'security-info.last-method':
    'Your organisation does not allow deleting the last method. Add another one first.',
  'not-allowed': 'You may not do this.',
  'application.unknown': 'The application that sent you here is not known to us. Tell its administrator.',
  busy: 'Very many people are signing in just now. Try again in a few seconds.',
  'database-unavailable':
    'We cannot reach our database for the moment. Nothing was changed. Try again in a few seconds.',
  surprise: 'Something went wrong on our side. Try again; if it happens again, tell the office.',
  current: 'Go to the current step',
};
