import { serveForParent } from './serve.ts';

await serveForParent();
