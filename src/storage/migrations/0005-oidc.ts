/** What oidc-provider keeps, and the keys that sign. A row is found by the hash of what the holder carries. */
export const oidc = [
  `create table oidc_payloads (
    key bytea primary key,
    model text not null,
    payload jsonb not null,
    user_id uuid,
    grant_key bytea,
    uid text,
    session_ref text,
    consumed_at bigint,
    consumed_by uuid,
    created_at bigint not null,
    expires_at bigint not null
  )`,
  // A grant carries its own key here too: one statement ends it with everything that came of it.
  `create index oidc_payloads_by_grant on oidc_payloads (grant_key) where grant_key is not null`,
  `create index oidc_payloads_by_uid on oidc_payloads (uid) where uid is not null`,
  `create index oidc_payloads_by_session on oidc_payloads (session_ref) where session_ref is not null`,
  `create index oidc_payloads_by_user on oidc_payloads (user_id) where user_id is not null`,
  `create index oidc_payloads_by_expiry on oidc_payloads (expires_at)`,
  `create table signing_keys (
    id text primary key,
    algorithm text not null,
    public_jwk jsonb not null,
    private_sealed bytea not null,
    created_at bigint not null,
    active_from bigint not null,
    retired_at bigint
  )`,
];
