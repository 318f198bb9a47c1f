export * from './api';
export * from './commands';
export * from './pushes';
