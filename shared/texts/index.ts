export * from './messages';
export { noticeTexts } from './notices';
export * from './problem-reason';
export { problemTexts } from './problems';
export * from './reason';
