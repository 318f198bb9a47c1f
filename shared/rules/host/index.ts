export * from './one-machine';
export * from './toolbox-image';
