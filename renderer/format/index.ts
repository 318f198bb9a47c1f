export * from './limits';
export * from './numbers';
export * from './rates';
export * from './time';
