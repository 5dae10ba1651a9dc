/** What is wrong with a password that someone wants to have. */
export const password = {
  'too-short': (p: { minimum: number }) => `Use at least ${p.minimum} characters.`,
  'too-long': (p: { maximum: number }) => `Use at most ${p.maximum} characters.`,
  unreadable: 'Use letters, digits and signs that a keyboard has.',
  common: 'Everybody guesses this password first. Choose another one.',
  'about-you': 'This is your own name or the name of the organisation. Choose another one.',
  'same-as-before': 'This is the password that you have now. Choose another one.',
};
