/** What people own to prove who they are: phones and authenticator apps. */
export const methods = [
  `create table phones (
    user_id uuid not null,
    kind text not null,
    number_sealed bytea not null,
    number_index bytea not null,
    way text not null,
    created_at bigint not null,
    last_used_at bigint,
    primary key (user_id, kind)
  )`,
  `create index phones_by_number on phones (number_index)`,
  `create table totp_credentials (
    id uuid primary key,
    user_id uuid not null,
    name text not null,
    secret_sealed bytea not null,
    last_step bigint not null,
    created_at bigint not null,
    last_used_at bigint
  )`,
  `create index totp_credentials_by_user on totp_credentials (user_id)`,
];
