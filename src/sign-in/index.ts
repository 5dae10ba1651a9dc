export { disabledAfter } from '../methods/lockout.ts';
export { openEngine, type SignInEngine } from './engine.ts';
export { type Judge, openJudge, type Person, securityInfoFreshness } from './judge.ts';
export { GoOn } from './pages/onwards.tsx';
export { type Showing, signInRoutes } from './routes.ts';
export { type Aim, type Granted, isGranted, type SignIn, type Target } from './sign-in.ts';
export type { Outcome } from './steps.ts';
export { signIns } from './store.ts';
