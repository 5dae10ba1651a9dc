/** What is told by mail or text when something of an account changes. */
export const mail = {};
