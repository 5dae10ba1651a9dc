import type { ColumnType, Generated } from 'kysely';

/** Plain JSON written as text and read as an object. */
type Json<T = unknown> = ColumnType<T, string, string>;
type Uuid = string;
type Milliseconds = number;

export interface Tables {
  users: {
    id: Uuid;
    login_name: string;
    display_name: string;
    mail: string | null;
    language: string | null;
    enabled: Generated<boolean>;
    must_register: Generated<boolean>;
    preferred_method: string | null;
    /** Sessions, sign-ins and tokens that began before this instant are over. */
    valid_from: Milliseconds;
    created_at: Milliseconds;
  };
  login_names: { name: string; user_id: Uuid };
  groups: { id: Uuid; display_name: string; description: string | null; created_at: Milliseconds };
  group_names: { name: string; group_id: Uuid };
  group_members: { user_id: Uuid; group_id: Uuid };
  role_members: { user_id: Uuid; role: string };
  applications: {
    id: string;
    kind: string;
    display_name: string;
    settings: Json;
    secret_sealed: Buffer | null;
    enabled: Generated<boolean>;
    created_at: Milliseconds;
  };
  settings: { key: string; value: Json; modified_at: Milliseconds };
  passwords: {
    user_id: Uuid;
    hash_sealed: Buffer;
    must_change: Generated<boolean>;
    expires_at: Milliseconds | null;
    changed_at: Milliseconds;
  };
  policies: {
    id: Uuid;
    display_name: string;
    definition: Json;
    created_at: Milliseconds;
    modified_at: Milliseconds;
  };
  named_locations: {
    id: Uuid;
    display_name: string;
    definition: Json;
    created_at: Milliseconds;
    modified_at: Milliseconds;
  };
  strengths: {
    id: Uuid;
    display_name: string;
    definition: Json;
    created_at: Milliseconds;
    modified_at: Milliseconds;
  };
  sign_ins: {
    id: Uuid;
    version: number;
    browser_hash: Buffer;
    user_id: Uuid | null;
    state: Json;
    created_at: Milliseconds;
    expires_at: Milliseconds;
  };
  registrations: {
    id: Uuid;
    version: number;
    browser_hash: Buffer;
    user_id: Uuid;
    state: Json;
    created_at: Milliseconds;
    expires_at: Milliseconds;
  };
  sessions: {
    token_hash: Buffer;
    /** the same through every step-up, when the token changes */
    id: Uuid;
    user_id: Uuid;
    evidence: Json;
    persistent: boolean;
    address: string | null;
    user_agent: string | null;
    started_at: Milliseconds;
    last_seen_at: Milliseconds;
    expires_at: Milliseconds;
  };
  lockouts: {
    key: string;
    failures: number;
    recent: Generated<Buffer[]>;
    locked_until: Generated<Milliseconds>;
    modified_at: Milliseconds;
  };
  phones: {
    user_id: Uuid;
    kind: string;
    number_sealed: Buffer;
    number_index: Buffer;
    way: string;
    created_at: Milliseconds;
    /** where it was taken over from, until it is used for the first time: nobody here has seen it answer yet */
    imported_from: string | null;
    last_used_at: Milliseconds | null;
  };
  passkeys: {
    /** SHA-256 of the credential id, base64url */
    id: string;
    user_id: Uuid;
    credential_id: Buffer;
    /** COSE; no secret, sealed so that it cannot be exchanged or given to another person */
    public_key_sealed: Buffer;
    /** what the authenticator knows the person by: random, the same in all their passkeys */
    user_handle: Buffer;
    counter: number;
    aaguid: Uuid;
    name: string;
    transports: Json;
    backup_eligible: boolean;
    backed_up: boolean;
    created_at: Milliseconds;
    last_used_at: Milliseconds | null;
  };
  passkey_reminders: { user_id: Uuid; postponed_at: Milliseconds };
  totp_credentials: {
    id: Uuid;
    user_id: Uuid;
    name: string;
    secret_sealed: Buffer;
    last_step: number;
    created_at: Milliseconds;
    last_used_at: Milliseconds | null;
  };
  authenticator_devices: {
    id: Uuid;
    user_id: Uuid;
    name: string;
    /** no secret; sealed so that it cannot be exchanged or given to another person */
    public_key_sealed: Buffer;
    secret_sealed: Buffer;
    subscription_sealed: Buffer | null;
    last_step: number;
    created_at: Milliseconds;
    last_used_at: Milliseconds | null;
  };
  authenticator_enrolments: {
    id: Uuid;
    user_id: Uuid;
    correlation: Uuid;
    token_hash: Buffer;
    number: string;
    shown: Json<{ application: string; address: string; trusted: boolean }>;
    name: string | null;
    public_key_sealed: Buffer | null;
    secret_sealed: Buffer | null;
    subscription_sealed: Buffer | null;
    created_at: Milliseconds;
    expires_at: Milliseconds;
  };
  authenticator_requests: {
    user_id: Uuid;
    id: Uuid;
    device_id: Uuid;
    correlation: Uuid;
    purpose: string;
    challenge: Buffer;
    shown: Json<{ application: string; address: string; trusted: boolean }>;
    number: string;
    state: string;
    times: Milliseconds[];
    asked_at: Milliseconds;
    expires_at: Milliseconds;
  };
  authenticator_nonces: { hash: Buffer; expires_at: Milliseconds };
  push_keys: { name: string; private_sealed: Buffer; created_at: Milliseconds };
  temporary_access_passes: {
    user_id: Uuid;
    id: Uuid;
    hash: Buffer;
    signs: number;
    uses: string;
    starts_at: Milliseconds;
    ends_at: Milliseconds;
    tries_left: number;
    created_at: Milliseconds;
  };
  recovery_codes: {
    user_id: Uuid;
    set_id: Uuid;
    slot: number;
    hash_sealed: Buffer;
    saved: Generated<boolean>;
    created_at: Milliseconds;
  };
  hardware_tokens: {
    serial: string;
    secret_sealed: Buffer;
    moves: string;
    algorithm: string;
    digits: number;
    period: number;
    /** the last time step or counter that was used; -1: none */
    last: number;
    drift: Generated<number>;
    manufacturer: string;
    model: string;
    assigned_to: Uuid | null;
    withdrawn: string | null;
    created_at: Milliseconds;
  };
  hardware_token_holders: {
    serial: string;
    user_id: Uuid;
    activated_at: Milliseconds;
    last_used_at: Milliseconds | null;
  };
  audit_records: {
    id: Uuid;
    at: Milliseconds;
    kind: string;
    correlation_id: Uuid | null;
    user_id: Uuid | null;
    record: string;
    mac: Buffer;
    seal: number | null;
  };
  audit_seals: {
    number: number;
    at: Milliseconds;
    records: Uuid[];
    hash: Buffer;
    pruned_mac: Buffer | null;
  };
  leases: { name: string; holder: Uuid; until: Milliseconds };
  oidc_payloads: {
    key: Buffer;
    model: string;
    payload: Json<Record<string, unknown>>;
    user_id: Uuid | null;
    grant_key: Buffer | null;
    uid: string | null;
    session_ref: string | null;
    consumed_at: Milliseconds | null;
    consumed_by: Uuid | null;
    created_at: Milliseconds;
    expires_at: Milliseconds;
  };
  signing_keys: {
    id: string;
    use: Generated<string>;
    algorithm: string;
    public_jwk: Json<Record<string, unknown>>;
    private_sealed: Buffer;
    certificate: Buffer | null;
    created_at: Milliseconds;
    active_from: Milliseconds;
    retired_at: Milliseconds | null;
  };
  entra_tenants: {
    /** Microsoft's `tid` */
    id: Uuid;
    display_name: string;
    settings: Json;
    enabled: Generated<boolean>;
    created_at: Milliseconds;
  };
  /** whose account a Microsoft account is */
  entra_accounts: { tenant_id: Uuid; object_id: Uuid; user_id: Uuid; bound_at: Milliseconds };
  /** which Microsoft account a person has in a tenant: one at most */
  entra_people: { tenant_id: Uuid; user_id: Uuid; object_id: Uuid };
  /** hints that were shown once, and are worth nothing any more */
  entra_hints: { hash: Buffer; expires_at: Milliseconds };
  entra_requests: {
    id: Uuid;
    request: Json;
    /** the attempt that it became; it becomes one once */
    sign_in_id: Uuid | null;
    begun_at: Milliseconds | null;
    created_at: Milliseconds;
    expires_at: Milliseconds;
  };
  /** what Microsoft said of a person's ways to prove themselves, when it was asked */
  entra_registrations: {
    tenant_id: Uuid;
    object_id: Uuid;
    details: Json;
    modified_at: Milliseconds;
  };
  send_budgets: { key: string; times: Milliseconds[]; modified_at: Milliseconds };
  delivery_costs: {
    day: string;
    gateway: string;
    kind: string;
    currency: string;
    sends: number;
    /** millionths of the currency */
    micros: number;
  };
  deliveries: {
    id: Uuid;
    kind: string;
    user_id: Uuid | null;
    number_index: Buffer;
    block_index: Buffer;
    country: string;
    gateway: string | null;
    reference: string | null;
    state: string;
    detail: Json;
    created_at: Milliseconds;
    modified_at: Milliseconds;
    verified_at: Milliseconds | null;
  };
  live_calls: {
    number_index: Buffer;
    delivery_id: Uuid;
    expires_at: Milliseconds;
    held_until: Milliseconds | null;
  };
  /** who reported a sign-in, and is asked by no phone and no app until then; no end: until the office lifts it */
  phone_pauses: { user_id: Uuid; reported_at: Milliseconds; ends_at: Milliseconds | null };
  /** which number is left alone for this account, since it was reported while it was being added */
  number_reports: { user_id: Uuid; number_index: Buffer; ends_at: Milliseconds | null };
  outbox: {
    id: Uuid;
    kind: string;
    payload_sealed: Buffer;
    due_at: Milliseconds;
    attempts: Generated<number>;
    locked_until: Generated<Milliseconds>;
    created_at: Milliseconds;
  };
}
