export { guardFor, attachmentsToKeep } from './capture';
export { guardProblem } from './problem';
export { judgeGuard, type GuardJudgement } from './judge';
