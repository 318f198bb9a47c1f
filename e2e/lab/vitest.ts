import { afterAll, beforeEach, inject } from 'vitest';
import type { LabHost } from './host';
import { openLab, type Lab } from './start';
import './vitest-setup';

/** The lab that `vitest.lab.config.ts` started for this run. */
export function labFromVitest(): Lab {
  return openLab(inject('lab'));
}

/**
 * The run's lab, cleaned before each test of the file and after the last: engines running, cables in, no containers,
 * no networks but the engines' own. Call it at the top of a file.
 */
export function freshLab(): Lab & { hosts: [LabHost, LabHost, ...LabHost[]] } {
  const lab = labFromVitest();
  const [first, second, ...rest] = lab.hosts;
  if (!first || !second) throw new Error('the lab of a test run has two hosts at least');
  const clean = async () => {
    await Promise.all(lab.hosts.map((host) => host.clean()));
  };
  beforeEach(clean);
  afterAll(clean);
  return { ...lab, hosts: [first, second, ...rest] };
}
