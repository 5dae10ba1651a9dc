/** What happened. Rows are only ever added; a seal chains a batch of them to all that came before. */
export const audit = [
  `create table audit_records (
    id uuid primary key,
    at bigint not null,
    kind text not null,
    correlation_id uuid,
    user_id uuid,
    record jsonb not null,
    mac bytea not null,
    seal bigint
  )`,
  `create index audit_records_by_user on audit_records (user_id, at)`,
  `create index audit_records_by_correlation on audit_records (correlation_id)`,
  `create index audit_records_by_time on audit_records (at, id)`,
  `create index audit_records_unsealed on audit_records (id) where seal is null`,
  `create table audit_seals (
    number bigint primary key,
    at bigint not null,
    records uuid[] not null,
    hash bytea not null
  )`,
  `create table leases (name text primary key, holder uuid not null, until bigint not null)`,
];
