export { cloudOf } from './cloud';
export {
  hostRemarks,
  parentVerdict,
  type ParentReason,
  type ParentRemark,
  type ParentVerdict,
  type WayOut,
} from './parent-verdict';
export * from './one-machine';
export * from './plan-shim';
export * from './toolbox-image';
