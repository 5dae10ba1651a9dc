/** Why a new password was not accepted, by the code of methods/password/rules.ts. */
export const password = {};
