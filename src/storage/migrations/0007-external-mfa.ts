/**
 * Microsoft Entra asks us for the second proof: its tenants, whose account is whose, requests under
 * way, and phones that were taken over from it.
 */
export const externalMfa = [
  `create table entra_tenants (
    id uuid primary key,
    display_name text not null,
    settings jsonb not null,
    enabled boolean not null default true,
    created_at bigint not null
  )`,
  // Each way round is a value that must be unique: a table keyed by it (one account a person and tenant).
  `create table entra_accounts (
    tenant_id uuid not null,
    object_id uuid not null,
    user_id uuid not null,
    bound_at bigint not null,
    primary key (tenant_id, object_id)
  )`,
  `create index entra_accounts_by_user on entra_accounts (user_id)`,
  `create table entra_people (
    tenant_id uuid not null,
    user_id uuid not null,
    object_id uuid not null,
    primary key (user_id, tenant_id)
  )`,
  `create table entra_hints (hash bytea primary key, expires_at bigint not null)`,
  `create index entra_hints_by_expiry on entra_hints (expires_at)`,
  `create table entra_requests (
    id uuid primary key,
    request jsonb not null,
    sign_in_id uuid,
    begun_at bigint,
    created_at bigint not null,
    expires_at bigint not null
  )`,
  `create index entra_requests_by_expiry on entra_requests (expires_at)`,
  `create table entra_registrations (
    tenant_id uuid not null,
    object_id uuid not null,
    details jsonb not null,
    modified_at bigint not null,
    primary key (tenant_id, object_id)
  )`,
  `alter table signing_keys add column if not exists use text not null default 'oidc'`,
  `alter table signing_keys add column if not exists certificate bytea`,
  `alter table phones add column if not exists imported_from text`,
];
