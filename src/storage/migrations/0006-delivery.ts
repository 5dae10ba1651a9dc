/** Messages and calls: what was sent, how much may still be sent, and what waits to be sent. */
export const delivery = [
  `create table send_budgets (key text primary key, times bigint[] not null, modified_at bigint not null)`,
  `create table deliveries (
    id uuid primary key,
    kind text not null,
    user_id uuid,
    number_index bytea not null,
    block_index bytea not null,
    country text not null,
    gateway text,
    state text not null,
    detail jsonb not null default '{}',
    created_at bigint not null,
    modified_at bigint not null,
    verified_at bigint
  )`,
  `create index deliveries_by_country on deliveries (country, created_at)`,
  `create index deliveries_by_block on deliveries (block_index, created_at)`,
  `create index deliveries_by_age on deliveries (created_at)`,
  // One live call per number: the row is the lock, and it ends by itself.
  `create table live_calls (number_index bytea primary key, delivery_id uuid not null, expires_at bigint not null)`,
  `create table outbox (
    id uuid primary key,
    kind text not null,
    payload_sealed bytea not null,
    due_at bigint not null,
    attempts integer not null default 0,
    locked_until bigint not null default 0,
    created_at bigint not null
  )`,
  `create index outbox_by_due on outbox (due_at)`,
];
