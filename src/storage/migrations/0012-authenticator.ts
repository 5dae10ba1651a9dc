/** Genkan Authenticator: devices, those that are being registered, and what they were asked. */
export const authenticator = [
  // Sealed under the row of the device from the beginning: what is proved moves here as it is.
  `create table authenticator_devices (
    id uuid primary key,
    user_id uuid not null,
    name text not null,
    public_key_sealed bytea not null,
    secret_sealed bytea not null,
    subscription_sealed bytea,
    last_step bigint not null,
    created_at bigint not null,
    last_used_at bigint
  )`,
  `create index authenticator_devices_by_user on authenticator_devices (user_id)`,
  // Empty but for the token, until an app brings its key.
  `create table authenticator_enrolments (
    id uuid primary key,
    user_id uuid not null,
    correlation uuid not null,
    token_hash bytea not null,
    number text not null,
    shown jsonb not null,
    name text,
    public_key_sealed bytea,
    secret_sealed bytea,
    subscription_sealed bytea,
    created_at bigint not null,
    expires_at bigint not null
  )`,
  `create index authenticator_enrolments_by_expiry on authenticator_enrolments (expires_at)`,
  // One a person: a newer request takes the place of the older one. "times": the last three that were
  // delivered and not approved; they outlive the request.
  `create table authenticator_requests (
    user_id uuid primary key,
    id uuid not null,
    device_id uuid not null,
    correlation uuid not null,
    purpose text not null,
    challenge bytea not null,
    shown jsonb not null,
    number text not null,
    state text not null,
    times bigint[] not null,
    asked_at bigint not null,
    expires_at bigint not null
  )`,
  `create table authenticator_nonces (hash bytea primary key, expires_at bigint not null)`,
  `create index authenticator_nonces_by_expiry on authenticator_nonces (expires_at)`,
];
