/** The phone: adding a number, a text with a code, a call answered with a key; what is texted and spoken. */
export const phone = {};
