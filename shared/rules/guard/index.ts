export { guardFor, attachmentsToKeep } from './capture';
export { judgeGuard, type GuardJudgement } from './judge';
