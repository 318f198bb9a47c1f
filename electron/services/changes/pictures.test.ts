import { describe, expect, it } from 'vitest';
import type { PictureSubject } from '../../../shared/model';
import { container, network, FakeEngine } from '../testing/fake-engine';
import { changedProblem } from './pictures';

const subject: PictureSubject = {
  ...{ kind: 'attachment', containerId: 'c1', containerName: 'web', networkName: 'lan' },
};
const context = async (fake: FakeEngine, picture: Record<string, string>, of: PictureSubject = subject) =>
  (await changedProblem(() => fake, [{ engineId: 'e1', subject: of, picture }]))?.params;

describe('what a change left', () => {
  it('is gone with its container, which nobody has changed', async () => {
    const fake = new FakeEngine().add(network('n1', 'lan'), container('c1', 'web'));
    const left = await fake.picture(subject);
    expect(await context(fake, left)).toBeUndefined();
    fake.containerMap.clear();
    const gone = { context: 'container_gone', container: 'web' };
    expect(await context(fake, left)).toEqual(gone);
    expect(await context(fake, { 'State.Running': 'true', attached: 'true' })).toEqual(gone);
    // Stopped and on no network, it shows no more than one that is gone.
    expect(await context(fake, {})).toEqual(gone);
  });

  it('is gone with its network', async () => {
    const of: PictureSubject = { kind: 'network', networkName: 'lan' };
    expect(await context(new FakeEngine(), { Name: 'lan' }, of)).toEqual({
      context: 'network_gone',
      network: 'lan',
    });
  });
});
