/** Who exists: users, groups, roles and applications. */
export const directory = [
  `create table users (
    id uuid primary key,
    login_name text not null,
    display_name text not null,
    mail text,
    language text,
    enabled boolean not null default true,
    must_register boolean not null default false,
    preferred_method text,
    valid_from bigint not null,
    created_at bigint not null
  )`,
  // A value that must be unique lives in a table keyed by it: no other unique constraint crosses users.
  `create table login_names (name text primary key, user_id uuid not null)`,
  `create table groups (id uuid primary key, display_name text not null, description text, created_at bigint not null)`,
  `create table group_names (name text primary key, group_id uuid not null)`,
  `create table group_members (user_id uuid not null, group_id uuid not null, primary key (user_id, group_id))`,
  `create index group_members_by_group on group_members (group_id, user_id)`,
  `create table role_members (user_id uuid not null, role text not null, primary key (user_id, role))`,
  `create table applications (
    id text primary key,
    kind text not null,
    display_name text not null,
    settings jsonb not null,
    secret_sealed bytea,
    enabled boolean not null default true,
    created_at bigint not null
  )`,
  `create table settings (key text primary key, value jsonb not null, modified_at bigint not null)`,
];
