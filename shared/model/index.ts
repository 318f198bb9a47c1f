export * from './address';
export * from './app';
export * from './change';
export * from './change-request';
export * from './container';
export * from './engine';
export * from './engine-config';
export * from './errors';
export * from './host';
export * from './inventory';
export * from './isolation';
export * from './network';
export * from './network-form';
export * from './network-spec';
export * from './picture';
export * from './policies';
export * from './preferences';
export * from './run';
export * from './segment';
export * from './segment-request';
export {
  endpointRequestSchema,
  isHostStep,
  stepSchema,
  type EndpointRequest,
  type EngineStep,
  type HostStep,
  type Step,
} from './step';
export * from './toolbox';
export * from './traffic';
