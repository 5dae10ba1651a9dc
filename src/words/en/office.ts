/** What the office reads at its command line. */
export const office = {};
