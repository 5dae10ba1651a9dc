export { openRegistration, type RegistrationEngine } from './engine.ts';
export { type Notices, noticeKind, openNotices, type Told, tellPerson } from './notices.ts';
export type { Offered, Registration, RegistrationId } from './registration.ts';
export { registrationRoutes } from './routes.ts';
export { registrations } from './store.ts';
