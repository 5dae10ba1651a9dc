/** Attempts, the browsers that succeeded, and what slows guessing down. */
export const signIn = [
  `create table passwords (
    user_id uuid primary key,
    hash_sealed bytea not null,
    must_change boolean not null default false,
    expires_at bigint,
    changed_at bigint not null
  )`,
  `create table policies (
    id uuid primary key,
    display_name text not null,
    definition jsonb not null,
    created_at bigint not null,
    modified_at bigint not null
  )`,
  `create table named_locations (
    id uuid primary key,
    display_name text not null,
    definition jsonb not null,
    created_at bigint not null,
    modified_at bigint not null
  )`,
  `create table sign_ins (
    id uuid primary key,
    version integer not null,
    browser_hash bytea not null,
    user_id uuid,
    state jsonb not null,
    created_at bigint not null,
    expires_at bigint not null
  ) with (fillfactor = 70)`,
  `create index sign_ins_by_expiry on sign_ins (expires_at)`,
  `create table registrations (
    id uuid primary key,
    version integer not null,
    browser_hash bytea not null,
    user_id uuid not null,
    state jsonb not null,
    created_at bigint not null,
    expires_at bigint not null
  ) with (fillfactor = 70)`,
  `create index registrations_by_expiry on registrations (expires_at)`,
  `create table sessions (
    token_hash bytea primary key,
    id uuid not null,
    user_id uuid not null,
    evidence jsonb not null,
    persistent boolean not null,
    address text,
    user_agent text,
    started_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null
  )`,
  `create index sessions_by_user on sessions (user_id)`,
  `create index sessions_by_expiry on sessions (expires_at)`,
  // Counters of failures. The key is a user and a kind of factor, or the keyed hash of a name nobody has.
  `create table lockouts (
    key text primary key,
    failures integer not null,
    recent bytea[] not null default '{}',
    locked_until bigint not null default 0,
    modified_at bigint not null
  )`,
];
