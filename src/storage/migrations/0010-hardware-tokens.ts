/** Devices that show codes: those that the organisation has, and in whose hands they are. */
export const hardwareTokens = [
  // "last" is the last time step or counter that was used; it outlives the holder, so that no code ever works twice.
  `create table hardware_tokens (
    serial text primary key,
    secret_sealed bytea not null,
    moves text not null,
    algorithm text not null,
    digits integer not null,
    period integer not null,
    last bigint not null,
    drift integer not null default 0,
    manufacturer text not null,
    model text not null,
    assigned_to uuid,
    withdrawn text,
    created_at bigint not null
  )`,
  // One token has one holder: the key is the token's.
  `create table hardware_token_holders (
    serial text primary key,
    user_id uuid not null,
    activated_at bigint not null,
    last_used_at bigint
  )`,
  `create index hardware_token_holders_by_user on hardware_token_holders (user_id)`,
];
