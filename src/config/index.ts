export { ConfigurationError, loadConfiguration, paths } from './load.ts';
export { readMasterKeys } from './master-key.ts';
export { type Configuration, schema } from './schema.ts';
export { template } from './template.ts';
