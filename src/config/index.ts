export { ConfigurationError, loadConfiguration, nameOf, paths, unknown as unknownKey } from './load.ts';
export { readMasterKeys } from './master-key.ts';
export { type Configuration, type GatewayEntry, schema } from './schema.ts';
export { template } from './template.ts';
