export { accountRoutes, portal } from './routes.ts';
