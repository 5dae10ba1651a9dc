import type { AuditEvent } from '../audit/index.ts';
import type { Visit } from '../http/visit.ts';
import type { Registration } from './registration.ts';

/** What every row of a registration says of it. */
export const noted = (
  registration: Registration,
  visit: Visit,
  kind: AuditEvent['kind'],
  detail: AuditEvent['detail'],
): AuditEvent => ({
  kind,
  user: registration.user,
  actor: { is: 'user', id: registration.user },
  correlation: registration.id,
  address: visit.address,
  ...(detail ? { detail } : {}),
});
