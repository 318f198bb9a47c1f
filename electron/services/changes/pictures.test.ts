import { describe, expect, it } from 'vitest';
import type { PictureSubject } from '../../../shared/model';
import { container, endpoint, network, FakeEngine } from '../testing/fake-engine';
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

  it('is not all gone with one of its containers, or its network, while more of it stands', async () => {
    const lan = network('n1', 'lan');
    const fake = new FakeEngine().add(
      lan,
      ...['c1', 'c2'].map((id) => container(id, id, { endpoints: [endpoint(lan)] })),
    );
    const of = (id: string): PictureSubject => ({ ...subject, containerId: id, containerName: id });
    const subjects = [of('c1'), of('c2'), { kind: 'network', networkName: 'lan' } as const];
    const left = await Promise.all(
      subjects.map(async (each) => ({
        ...{ engineId: 'e1', subject: each, picture: await fake.picture(each) },
      })),
    );
    const why = async (among = left) => (await changedProblem(() => fake, among))?.params;
    fake.containerMap.delete('c1');
    expect(await why()).toEqual({ context: 'one_container_gone', container: 'c1' });
    // What was done on another host is not there.
    const elsewhere = left.slice(1).map((each) => ({ ...each, engineId: 'e2' }));
    expect(await why([left[0]!, ...elsewhere])).toEqual({ context: 'container_gone', container: 'c1' });
    fake.networkMap.clear();
    expect(await why(left.slice(2))).toEqual({ context: 'network_gone', network: 'lan' });
    // It was taken off by this change, and that stands.
    const { attached: _, ...off } = left[1]!.picture;
    expect(await why([left[2]!, { ...left[1]!, picture: off }])).toEqual({
      context: 'one_network_gone',
      network: 'lan',
    });
    fake.containerMap.clear();
    expect(await why()).toEqual({ context: 'container_gone', container: 'c1' });
  });

  it('is gone with its network', async () => {
    const of: PictureSubject = { kind: 'network', networkName: 'lan' };
    expect(await context(new FakeEngine(), { Name: 'lan' }, of)).toEqual({
      context: 'network_gone',
      network: 'lan',
    });
  });
});
