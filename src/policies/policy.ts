import { z } from 'zod';
import type { PolicyId } from '../kit/ids.ts';
import { dropping, idOf, nameId } from './graph-shape.ts';

const only = <Word extends string>(word: Word) => z.tuple([z.literal(word)]);
const ids = z.array(idOf<string>()).default([]);
const nameIds = z.array(nameId).default([]);

/** An empty include matches nobody. */
const users = z.preprocess(
  dropping('includeGuestsOrExternalUsers', 'excludeGuestsOrExternalUsers'),
  z.strictObject({
    includeUsers: z.union([only('All'), only('None'), z.array(idOf<string>())]).default([]),
    excludeUsers: ids,
    includeGroups: ids,
    excludeGroups: ids,
    includeRoles: nameIds,
    excludeRoles: nameIds,
  }),
);

export const registerSecurityInfo = 'urn:user:registersecurityinfo';

const applications = z.preprocess(
  dropping('applicationFilter', 'includeAuthenticationContextClassReferences'),
  z
    .strictObject({
      includeApplications: z.union([only('All'), only('None'), z.array(nameId)]).default([]),
      excludeApplications: nameIds,
      includeUserActions: z.array(z.literal(registerSecurityInfo)).max(1).default([]),
    })
    .refine(
      a =>
        a.includeUserActions.length === 0 ||
        a.includeApplications.length + a.excludeApplications.length === 0,
      'user-action-with-applications',
    ),
);

const allTrusted = z.literal('AllTrusted');

/** Without an include, `excludeLocations` alone would quietly match nowhere; it is refused. */
const locations = z.preprocess(
  dropping(),
  z.strictObject({
    includeLocations: z.union([
      only('All'),
      z.array(z.union([allTrusted, idOf<string>()])).min(1, 'needs-an-include'),
    ]),
    excludeLocations: z.array(z.union([allTrusted, idOf<string>()])).default([]),
  }),
);

export const clientTypes = ['browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'other'] as const;
export type ClientType = (typeof clientTypes)[number];

/** As Entra counts it: an application on a phone or desktop is that also while its browser is open. */
export const clientTypeOf = ({ native }: { readonly native?: boolean }): ClientType =>
  native ? 'mobileAppsAndDesktopClients' : 'browser';

const conditions = z.preprocess(
  dropping(
    'authenticationFlows',
    'clientApplications',
    'devices',
    'insiderRiskLevels',
    'platforms',
    'servicePrincipalRiskLevels',
    'signInRiskLevels',
    'userRiskLevels',
  ),
  z.strictObject({
    users,
    applications,
    locations: locations.nullish(),
    clientAppTypes: z.union([only('all'), z.array(z.enum(clientTypes)).min(1, 'needs-a-client-type')]),
  }),
);

/** The id decides; what Graph adds when it expands a strength may be there and says nothing here. */
const strength = z.preprocess(
  dropping('combinationConfigurations'),
  z
    .strictObject({
      id: idOf<string>(),
      displayName: z.string().optional(),
      description: z.string().nullish(),
      policyType: z.string().optional(),
      requirementsSatisfied: z.string().optional(),
      allowedCombinations: z.array(z.string()).optional(),
      createdDateTime: z.string().optional(),
      modifiedDateTime: z.string().optional(),
    })
    .transform(({ id }) => ({ id })),
);

const grantControls = z.preprocess(
  dropping('customAuthenticationFactors', 'termsOfUse'),
  z
    .strictObject({
      operator: z.enum(['AND', 'OR']).default('OR'),
      builtInControls: z.array(z.enum(['block', 'mfa'])).default([]),
      authenticationStrength: strength.nullish(),
    })
    .superRefine(({ builtInControls, authenticationStrength }, context) => {
      const asks = new Set<string>(builtInControls);
      const refuse = (message: string) => context.addIssue({ code: 'custom', message });
      if (authenticationStrength) asks.add('strength');
      if (asks.size === 0) refuse('needs-a-control');
      if (asks.size > 1 && asks.has('block')) refuse('block-with-other-controls');
      if (asks.has('mfa') && asks.has('strength')) refuse('mfa-with-strength');
    }),
);

const frequencyCommon = {
  isEnabled: z.boolean(),
  authenticationType: z
    .enum(['primaryAndSecondaryAuthentication', 'secondaryAuthentication'])
    .nullish()
    .transform(type => type ?? 'primaryAndSecondaryAuthentication'),
};

const signInFrequency = z.preprocess(
  dropping(),
  z.union([
    z
      .strictObject({
        ...frequencyCommon,
        frequencyInterval: z.literal('timeBased').default('timeBased'),
        type: z.enum(['hours', 'days']),
        value: z.number().int().min(1),
      })
      .refine(f => f.value <= (f.type === 'days' ? 365 : 8760), 'frequency-too-long'),
    z.strictObject({
      ...frequencyCommon,
      frequencyInterval: z.literal('everyTime'),
      type: z.null().optional(),
      value: z.null().optional(),
    }),
    z.strictObject({
      ...frequencyCommon,
      isEnabled: z.literal(false),
      frequencyInterval: z.null().optional(),
      type: z.null().optional(),
      value: z.null().optional(),
    }),
  ]),
);

const sessionControls = z.preprocess(
  dropping(
    'applicationEnforcedRestrictions',
    'cloudAppSecurity',
    'disableResilienceDefaults',
    'secureSignInSession',
  ),
  z.strictObject({
    signInFrequency: signInFrequency.nullish(),
    persistentBrowser: z
      .preprocess(dropping(), z.strictObject({ isEnabled: z.boolean(), mode: z.enum(['always', 'never']) }))
      .nullish(),
  }),
);

export const policyStates = ['enabled', 'disabled', 'enabledForReportingButNotEnforced'] as const;
export type PolicyState = (typeof policyStates)[number];

/**
 * Graph's conditionalAccessPolicy (v1.0), the part that we enforce. Strict: a key, a word or a condition that we do not
 * know is refused, because a policy that silently says less lets more people in.
 * The messages of its issues are keys, not sentences.
 */
export const policySchema = z.preprocess(
  dropping(),
  z
    .strictObject({
      id: idOf<PolicyId>(),
      displayName: z.string().trim().min(1).max(256),
      description: z.string().nullish(),
      templateId: z.string().nullish(),
      createdDateTime: z.string().nullish(),
      modifiedDateTime: z.string().nullish(),
      state: z.enum(policyStates),
      conditions,
      grantControls: grantControls.nullable().default(null),
      sessionControls: sessionControls.nullable().default(null),
    })
    .superRefine(({ conditions, grantControls, sessionControls }, context) => {
      const persistent = sessionControls?.persistentBrowser?.isEnabled === true;
      const session = sessionControls?.signInFrequency?.isEnabled === true || persistent;
      if (grantControls === null && !session) {
        context.addIssue({ code: 'custom', message: 'needs-a-control' });
      }
      // The browser's session is one for all applications (as in Entra).
      if (persistent && conditions.applications.includeApplications[0] !== 'All') {
        context.addIssue({ code: 'custom', message: 'persistent-browser-needs-all-applications' });
      }
    }),
);

export type Policy = z.output<typeof policySchema>;

export interface PolicyRef {
  readonly id: PolicyId;
  readonly displayName: string;
}
