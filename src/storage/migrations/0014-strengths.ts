/** What administrators call enough: combinations of proofs under a name, for policies to ask for. */
export const strengths = [
  `create table strengths (
    id uuid primary key,
    display_name text not null,
    definition jsonb not null,
    created_at bigint not null,
    modified_at bigint not null
  )`,
];
