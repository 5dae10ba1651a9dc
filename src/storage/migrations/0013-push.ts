/** Who we are to push services. Subscriptions are made for this key, so there is one, for good. */
export const push = [
  `create table push_keys (name text primary key, private_sealed bytea not null, created_at bigint not null)`,
];
