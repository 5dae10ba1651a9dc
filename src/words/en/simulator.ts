/** The phone simulator of the demo. */
export const simulator = {};
