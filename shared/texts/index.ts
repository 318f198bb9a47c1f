export * from './at-host';
export {
  englishHints,
  englishNotices,
  englishProblems,
  fillSentence,
  hostless,
  notice,
  problem,
  problemOfValues,
  inUndo,
  retried,
  unexpected,
  type NoticeParams,
  type ProblemParams,
  type ProblemPlace,
} from './messages';
export { noticeTexts } from './notices';
export * from './problem-reason';
export { problemTexts } from './problems';
export * from './reason';
export { hostStepTexts, stepTexts } from './steps';
export { fillText } from './text';
