/** What lets a person in until they have a way of their own: passes of the office. */
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
];
