import { describe, expect, it } from 'vitest';
import { changeRequestSchema } from '../change-request';
import { stepSchema } from '../step';
import { isHostStep, isOfPolicy, policyModels, policySubject, policyKindNames } from './index';

/** The literals of a field, over all options of a union. */
const literals = (options: readonly { shape: Record<string, unknown> }[], field: string): string[] =>
  options.map(({ shape }) => (shape[field] as { value: string }).value);

describe.each(policyKindNames)('the policy kind %s', (kind) => {
  const { requests, steps, status, kept } = policyModels[kind];
  const expected = [`put-${kind}`, `remove-${kind}`];

  it('names its requests and steps by its own name, and what is put as well', () => {
    expect(literals(requests, 'kind')).toEqual(expected);
    expect(literals(steps, 'op')).toEqual(expected);
    for (const { shape } of [...steps, status]) expect(Object.keys(shape)).toContain(kind);
    expect([status.shape.kind.value, kept.shape.what.value]).toEqual([kind, kind]);
  });

  it('is one of all changes and steps, and told apart from the others', () => {
    const ofPolicies = literals(changeRequestSchema.options, 'kind').filter((each) =>
      isOfPolicy({ kind: each }),
    );
    expect(ofPolicies).toEqual(expect.arrayContaining(expected));
    expect(ofPolicies).not.toContain('remove-network');
    const onHosts = literals(stepSchema.options, 'op').filter((op) => isHostStep({ op }));
    expect(onHosts).toEqual(expect.arrayContaining(expected));
    expect(onHosts).not.toContain('remove-network');
  });
});

it('calls a policy by what it is about', () => {
  expect(policySubject({ networkName: 'lan10' })).toBe('lan10');
  expect(policySubject({ networkName: 'lan10', containerName: 'web' })).toBe('web@lan10');
});
