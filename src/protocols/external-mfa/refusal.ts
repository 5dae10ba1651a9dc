/**
 * Why a request of Entra leads nowhere: what Entra is told (`error` of OpenID Connect Core §3.1.2.6), and
 * what it means. The sentence for the person is `words.externalMfa.refusals[code]`.
 */
export const refusals = {
  'redirect-not-allowed': {
    error: undefined,
    means: 'The answer was to go to an address that is not of Microsoft’s published list.',
  },
  malformed: {
    error: 'invalid_request',
    means: 'A parameter is missing, doubled or not what is documented.',
  },
  'nonce-missing': {
    error: 'invalid_request',
    means: 'There is no nonce, and an answer could be used twice.',
  },
  'cannot-answer': {
    error: 'access_denied',
    means: 'The claims ask for a level or method that Genkan cannot show.',
  },
  'unknown-tenant': {
    error: 'unauthorized_client',
    means: 'No such tenant was set up, or it is switched off (genkan entra setup).',
  },
  'unknown-client': { error: 'unauthorized_client', means: 'The client id is not the one of this tenant.' },
  'hint-malformed': {
    error: 'invalid_request',
    means: 'The id_token_hint is no signed token of Entra’s shape.',
  },
  'hint-not-signed': { error: 'invalid_request', means: 'No key that Entra publishes fits the signature.' },
  'hint-for-another': {
    error: 'invalid_request',
    means: 'The issuer, tenant or audience of the hint is another.',
  },
  'hint-too-old': {
    error: 'invalid_request',
    means: 'The hint was issued more than ten minutes ago, or ahead of us.',
  },
  'hint-replayed': { error: 'invalid_request', means: 'The same hint was shown before.' },
  'keys-unavailable': {
    error: 'temporarily_unavailable',
    means: 'Entra’s keys could not be fetched, so nothing it says can be believed.',
  },
  'unknown-user': { error: 'access_denied', means: 'Nobody here is bound to this account or has its name.' },
  'user-disabled': { error: 'access_denied', means: 'The person is disabled here.' },
  'bound-to-another': {
    error: 'access_denied',
    means: 'The person of this name is bound to another account of the tenant (genkan entra unbind).',
  },
} as const satisfies Record<string, { error: string | undefined; means: string }>;

export type Refusal = keyof typeof refusals;
