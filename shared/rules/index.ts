export * from './messages';
export { noticeTexts } from './texts/notices';
export { problemTexts } from './texts/problems';
