import { expect, it } from 'vitest';
import type { ChangeRecord, Delta } from '../../shared/model';
import { Services, type Service } from './service';

/** Two services, and one with no turns at all, that write down what they are called for. */
function three() {
  const said: string[] = [];
  const services = new Services();
  const speaking = (name: string): Required<Service> => ({
    onDelta: ({ revision }) => void said.push(`${name} delta ${revision}`),
    onOnline: (engineId) => void said.push(`${name} online ${engineId}`),
    onRecord: ({ id }) => void said.push(`${name} record ${id}`),
    onConsent: (engineId) => void said.push(`${name} consent ${engineId}`),
    beforeRefusal: async (engineId) => void said.push(`${name} withdraw ${engineId}`),
    release: async (engineId, elsewhere) => void said.push(`${name} release ${engineId} ${elsewhere}`),
    forget: async (engineId) => void said.push(`${name} forget ${engineId}`),
    dispose: async () => void said.push(`${name} dispose`),
    flush: async () => void said.push(`${name} flush`),
  });
  services.add(speaking('lower'));
  services.add({});
  services.add(speaking('upper'));
  return { services, said };
}

it('tells what happens to the lower service first, whatever else has no use for it', () => {
  const { services, said } = three();
  services.onDelta({ revision: 7 } as Delta);
  services.onOnline('h1');
  services.onRecord({ id: 'c1' } as ChangeRecord);
  services.onConsent('h1');
  expect(said).toEqual([
    ...['lower delta 7', 'upper delta 7', 'lower online h1', 'upper online h1'],
    ...['lower record c1', 'upper record c1', 'lower consent h1', 'upper consent h1'],
  ]);
});

it('takes away from the upper service first, and waits for each', async () => {
  const { services, said } = three();
  await services.beforeRefusal('h1');
  await services.release('h1', true);
  await services.forget('h2');
  expect(said).toEqual([
    'upper withdraw h1',
    'lower withdraw h1',
    'upper release h1 true',
    'lower release h1 true',
    'upper forget h2',
    'lower forget h2',
  ]);
});

it('ends services that wait for one another', async () => {
  const services = new Services();
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  services.add({ dispose: () => end() });
  services.add({ dispose: () => ended });
  await expect(services.dispose()).resolves.toBeUndefined();
});

it('has all written down', async () => {
  const { services, said } = three();
  await services.flush();
  expect(said).toEqual(['lower flush', 'upper flush']);
});
