/** Where the app lives; what lies below is reached without the network. */
export const shell = '/authenticator';

/** A push subscription belongs to one server's key: each server has a registration of the worker of its own. */
export const scopeOf = (issuer: string, here: string): string =>
  issuer === here ? shell : `${shell}/at/${encodeURIComponent(new URL(issuer).host)}`;

/** Whether a registration of that scope (an address) is the one of this server. */
export const isScopeOf = (scope: string, issuer: string, here: string): boolean =>
  new URL(scope).pathname === scopeOf(issuer, here);
