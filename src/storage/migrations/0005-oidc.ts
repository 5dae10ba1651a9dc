/** What oidc-provider keeps, and the keys that sign. A row is found by the hash of what the holder carries. */
export const oidc = [
  `create table oidc_payloads (
    key bytea primary key,
    model text not null,
    payload jsonb not null,
    user_id uuid,
    grant_id text,
    uid text,
    user_code text,
    consumed_at bigint,
    created_at bigint not null,
    expires_at bigint not null
  )`,
  `create index oidc_payloads_by_grant on oidc_payloads (grant_id) where grant_id is not null`,
  `create index oidc_payloads_by_uid on oidc_payloads (uid) where uid is not null`,
  `create index oidc_payloads_by_user_code on oidc_payloads (user_code) where user_code is not null`,
  `create index oidc_payloads_by_user on oidc_payloads (user_id) where user_id is not null`,
  `create index oidc_payloads_by_expiry on oidc_payloads (expires_at)`,
  `create table signing_keys (
    id text primary key,
    use text not null,
    public_jwk jsonb not null,
    private_sealed bytea not null,
    created_at bigint not null,
    active_from bigint not null,
    retired_at bigint
  )`,
];
