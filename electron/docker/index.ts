export * from './engine-client';
