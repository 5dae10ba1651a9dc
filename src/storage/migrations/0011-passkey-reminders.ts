/** Who said "later" when a passkey was offered to them, and when. */
export const passkeyReminders = [
  `create table passkey_reminders (user_id uuid primary key, postponed_at bigint not null)`,
];
