import type { Limits } from '../../shared/model';
import { nothing } from './rates';
import { significant } from './numbers';

/**
 * Processors a container may use, from whichever of the two ways the limit was set (`--cpus` or quota/period);
 * null when unlimited.
 */
export function cpuLimit(limits: Limits): number | null {
  if (limits.nanoCpus > 0) return limits.nanoCpus / 1e9;
  if (limits.cpuQuota > 0) return limits.cpuQuota / (limits.cpuPeriod > 0 ? limits.cpuPeriod : 100_000);
  return null;
}

/** Swap beyond memory, bytes: the engine counts both together. `unlimited` for -1, null when not limited. */
export function swapLimit(limits: Limits): number | 'unlimited' | null {
  if (limits.memorySwap < 0) return 'unlimited';
  if (limits.memorySwap === 0 || limits.memory === 0) return null;
  return Math.max(0, limits.memorySwap - limits.memory);
}

export const formatCpus = (cpus: number | null, language: string): string =>
  cpus === null ? nothing : significant(cpus, language);
