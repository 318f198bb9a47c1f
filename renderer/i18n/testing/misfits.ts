import { z } from 'zod';
import { probeFromSchema } from '../../../shared/model';

/** Schemas and what does not fit them: every kind of issue that zod knows. */
export const misfits: [z.ZodType, unknown][] = [
  ...[
    z.string(),
    z.number(),
    z.boolean(),
    z.array(z.string()),
    z.object({}),
    z.null(),
    z.int(),
    z.date(),
  ].flatMap((schema): [z.ZodType, unknown][] => [
    ...[undefined, null, 'x', 1.5, Number.NaN, true, [], {}].map((value): [z.ZodType, unknown] => [
      schema,
      value,
    ]),
  ]),
  ...[z.enum(['a', 'b']), z.literal(1)].map((schema): [z.ZodType, unknown] => [schema, 'c']),
  ...[z.string().min(1), z.string().min(3)].map((schema): [z.ZodType, unknown] => [schema, '']),
  ...[z.array(z.string()).min(1), z.array(z.string()).min(3)].map((schema): [z.ZodType, unknown] => [
    schema,
    [],
  ]),
  [z.string().max(1), 'ab'],
  [z.array(z.string()).max(1), ['a', 'b']],
  ...[z.number().min(5), z.number().gt(5), z.number().multipleOf(3)].map((each): [z.ZodType, unknown] => [
    each,
    4,
  ]),
  ...[z.number().max(5), z.number().lt(5)].map((schema): [z.ZodType, unknown] => [schema, 7]),
  ...[z.ipv4(), z.ipv6(), z.base64(), z.union([z.ipv4(), z.ipv6()]), z.email()].map(
    (schema): [z.ZodType, unknown] => [schema, '?'],
  ),
  [probeFromSchema, { kind: 'host', nic: 'a/b' }],
  [probeFromSchema, { kind: 'host', nic: 'eth0', containerId: '/' }],
  [probeFromSchema, { kind: 'container', containerId: '/' }],
  [probeFromSchema, { kind: 'else' }],
  [z.strictObject({}), { a: 1, b: 2 }],
  [z.union([z.literal('a'), z.strictObject({ b: z.string() })]), { b: 3 }],
  [z.union([z.literal('a'), z.literal('b')]), 'c'],
  [z.record(z.string().min(2), z.string()), { a: 'x' }],
  [z.map(z.string(), z.string().min(1)), new Map([['a', '']])],
  [z.string().refine(() => false), 'x'],
];
