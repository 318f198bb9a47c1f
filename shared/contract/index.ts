export * from './api';
export * from './commands';
export * from './describe';
export * from './effects';
export * from './openapi';
export * from './pushes';
