import type { New } from './ceremony.ts';

/** What administrators decide about passkeys. */
export interface PasskeySettings {
  /** whether people may register them; those that they have go on working */
  readonly offered: boolean;
  /** AAGUIDs; none: every model */
  readonly models: readonly string[];
  /** whether the first page lets people in by a passkey, without name and password */
  readonly signIn: boolean;
  readonly synced: 'allowed' | 'refused';
}

/**
 * Whether a new passkey is of a kind that the organisation wants. The model is what the authenticator
 * says of itself: this keeps people to the keys that they were lent, and proves nothing against somebody
 * who builds one.
 */
export const isWelcome = (
  { aaguid, backupEligible }: Pick<New, 'aaguid' | 'backupEligible'>,
  { models, synced }: PasskeySettings,
): boolean =>
  (models.length === 0 || models.includes(aaguid.toLowerCase())) && (synced === 'allowed' || !backupEligible);

/** Browsers may leave the model out unless they are asked for it, and then they ask the person. */
export const attestationOf = ({ models }: PasskeySettings): 'none' | 'direct' =>
  models.length > 0 ? 'direct' : 'none';
