import { afterAll, beforeEach, inject } from 'vitest';
import type { LabHost } from './host';
import { openLab, type Lab } from './start';
import './vitest-setup';

/** Of the labs that `vitest.lab.config.ts` started for this run, the one of this worker: no other file uses it meanwhile. */
export function labFromVitest(): Lab {
  // From 1 up to the number of workers; never the same for two that run at once.
  const record = inject('labs')[Number(process.env['VITEST_POOL_ID']) - 1];
  if (!record) throw new Error('this worker has no lab');
  return openLab(record);
}

/**
 * The worker's lab, cleaned before each test of the file and after the last: engines running, cables in, no containers,
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
