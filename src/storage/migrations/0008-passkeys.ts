/** Passkeys: keyed by the hash of what the browser calls them, so that each belongs to one person only. */
export const passkeys = [
  `create table passkeys (
    id text primary key,
    user_id uuid not null,
    credential_id bytea not null,
    public_key_sealed bytea not null,
    user_handle bytea not null,
    counter bigint not null,
    aaguid uuid not null,
    name text not null,
    transports jsonb not null,
    backup_eligible boolean not null,
    backed_up boolean not null,
    created_at bigint not null,
    last_used_at bigint
  )`,
  `create index passkeys_by_user on passkeys (user_id)`,
];
