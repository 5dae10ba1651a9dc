/**
 * What happened. Rows are only ever added; a seal chains a batch of them to all that came before.
 * The record is JSON kept as text: it is authenticated letter by letter, and jsonb would write it anew.
 * An id begins with its instant (UUID v7), so the order of ids is the order of time.
 */
export const audit = [
  `create table audit_records (
    id uuid primary key,
    at bigint not null,
    kind text not null,
    correlation_id uuid,
    user_id uuid,
    record text not null,
    mac bytea not null,
    seal bigint
  )`,
  `create index audit_records_by_user on audit_records (user_id, id) where user_id is not null`,
  `create index audit_records_by_correlation on audit_records (correlation_id, id) where correlation_id is not null`,
  `create index audit_records_by_seal on audit_records (seal, id)`,
  `create table audit_seals (
    number bigint primary key,
    at bigint not null,
    records uuid[] not null,
    hash bytea not null,
    pruned_mac bytea
  )`,
  `create index audit_seals_unpruned on audit_seals (number) where pruned_mac is null`,
  `create table leases (name text primary key, holder uuid not null, until bigint not null)`,
];
