/** What lets a person in until they have a way of their own: passes of the office, codes on paper. */
export const passesAndCodes = [
  // A person has one at most: the key is theirs.
  `create table temporary_access_passes (
    user_id uuid primary key,
    id uuid not null,
    hash bytea not null,
    signs integer not null,
    uses text not null,
    starts_at bigint not null,
    ends_at bigint not null,
    tries_left integer not null,
    created_at bigint not null
  )`,
  `create index temporary_access_passes_by_end on temporary_access_passes (ends_at)`,
  // Until they are said to be saved, codes open nothing, and those before them still do.
  `create table recovery_codes (
    user_id uuid not null,
    set_id uuid not null,
    slot integer not null,
    hash_sealed bytea not null,
    saved boolean not null default false,
    created_at bigint not null,
    primary key (user_id, set_id, slot)
  )`,
];
