export { createEngineClient, type EngineClientOptions } from './client';
export { ownAccess, type AccessContext } from './access';
export { engineCandidates } from './candidates';
export { testEngine, type FoundEngine, type TestOptions } from './engine-test';
export { trustHostKey } from './ssh/trust';
export { addressOf, connectionOf, engineIdFor, engineIdOf } from './endpoint';
export * from './engine-client';
export { MANAGED_LABEL } from './request-bodies';
export { HELPER_LABEL } from './helper-label';
