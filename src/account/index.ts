export { portal } from './guards.ts';
export { accountRoutes } from './routes.ts';
