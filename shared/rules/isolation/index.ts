export * from './judge';
export * from './places';
