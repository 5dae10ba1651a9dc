/** Who is sent nothing since they reported a sign-in, and which calls end with the process that placed them. */
export const pausesAndHolders = [
  // No end: until the office lifts it.
  `create table phone_pauses (user_id uuid primary key, reported_at bigint not null, ends_at bigint)`,
  // Until when a process vouches for it. None: it goes on at a provider, whoever dies here.
  `alter table live_calls add column held_until bigint`,
  `create index deliveries_under_way on deliveries (created_at) where state in ('dialling', 'ringing', 'answered')`,
];
