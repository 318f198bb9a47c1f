export { createEngineClient, type EngineClientOptions } from './client';
export { readTls } from './contexts';
export { discoverEndpoints, type Discovery, type EndpointCandidate, type TlsFiles } from './discover';
export { engineIdFor, parseEndpoint, type ParsedEndpoint } from './endpoint';
export * from './engine-client';
export { MANAGED_LABEL } from './request-bodies';
export { HELPER_LABEL } from './helper-label';
