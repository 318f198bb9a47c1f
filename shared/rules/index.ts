export * from './cidr';
export { deepEqual } from './deep-equal';
export * from './inventory';
export * from './messages';
export * from './names';
export * from './parent';
export { noticeTexts } from './texts/notices';
export { problemTexts } from './texts/problems';
