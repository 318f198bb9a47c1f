export * from './api';
export * from './commands';
export * from './effects';
export * from './pushes';
