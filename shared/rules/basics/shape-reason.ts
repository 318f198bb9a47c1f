import type { z } from 'zod';
import type { Reason } from '../../model';
import { englishReasons, reason, type ReasonCode } from '../../texts/reason';

type Issue = z.core.$ZodIssue;

/** Names of zod's for kinds of values; what is no key of this is `kind_other`. */
const kinds: Partial<Record<string, Extract<ReasonCode, `kind_${string}`>>> = {
  string: 'kind_text',
  number: 'kind_number',
  int: 'kind_integer',
  boolean: 'kind_boolean',
  array: 'kind_list',
  tuple: 'kind_list',
  object: 'kind_map',
  record: 'kind_map',
  null: 'kind_null',
  nan: 'kind_nan',
  ipv4: 'kind_ipv4',
  ipv6: 'kind_ipv6',
  base64: 'kind_base64',
};
const kind = (name: string): Reason => reason(kinds[name] ?? 'kind_other');

function kindOf(value: unknown): Reason {
  if (value === null) return kind('null');
  return kind(Number.isNaN(value) ? 'nan' : Array.isArray(value) ? 'array' : typeof value);
}

/** What stands at a path of the data; undefined where nothing does. */
const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  );

/** A value of data of any size, as it is told. */
const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

function sized(issue: Extract<Issue, { code: 'too_small' }>): Reason {
  const { origin, minimum: least, inclusive } = issue;
  const limit = Number(least);
  if (origin === 'string')
    return limit <= 1 ? reason('shape_empty') : reason('shape_text_short', { least: limit });
  if (origin === 'array')
    return limit <= 1 ? reason('shape_empty') : reason('shape_list_short', { least: limit });
  return reason(inclusive === false ? 'shape_above' : 'shape_small', { least: limit });
}

function oversized({ origin, maximum, inclusive }: Extract<Issue, { code: 'too_big' }>): Reason {
  const most = Number(maximum);
  if (origin === 'string') return reason('shape_text_long', { most });
  if (origin === 'array') return reason('shape_list_long', { most });
  return reason(inclusive === false ? 'shape_below' : 'shape_large', { most });
}

function chosen(values: readonly unknown[]): Reason {
  const [only, ...more] = values.map(shown);
  return more.length === 0
    ? reason('shape_only', { choice: only ?? '' })
    : reason('shape_choice', { choices: [only, ...more].join(', ') });
}

const missing = (values: readonly unknown[]): Reason =>
  values.length > 1 ? chosen(values) : reason('shape_missing', { expected: shown(values[0]) });

/** A schema that has a message of its own gives a reason's code as that. */
function own(message: string, otherwise: 'shape_pattern' | 'shape_wrong'): Reason {
  return Object.hasOwn(englishReasons, message) ? { code: message, params: {} } : reason(otherwise);
}

interface Found {
  path: readonly PropertyKey[];
  why: Reason;
  /** What stands there and does not belong there. */
  key?: string;
}

/** What should stand there, of an issue that says that. */
const expectedBy = (issue: Issue): Reason | undefined => {
  if (issue.code === 'invalid_type') return kind(issue.expected);
  return issue.code === 'invalid_format' && issue.format in kinds ? kind(issue.format) : undefined;
};

/** Of the forms that something may have, the one that it comes nearest to: whose fault lies deepest. */
function nearest(issue: Extract<Issue, { code: 'invalid_union' }>, data: unknown): Found {
  const options = 'options' in issue ? issue.options : undefined;
  const firsts = issue.errors.flatMap(([one]) => (one ? [one] : []));
  const deepest = firsts
    .map((each) => found(each, data))
    .sort((one, other) => other.path.length - one.path.length)[0];
  if (deepest && deepest.path.length > 0) return deepest;
  if (options !== undefined) return { path: [], why: chosen(options) };
  const [first, ...more] = firsts.flatMap((issue) => expectedBy(issue) ?? []);
  if (first === undefined || more.length + 1 < firsts.length) return { path: [], why: reason('shape_none') };
  const expected = more.reduce((one, other) => reason('either', { one, other }), first);
  return { path: [], why: reason('shape_written', { expected }) };
}

function within(issues: readonly Issue[], data: unknown): Found {
  const [first] = issues;
  return first ? found(first, data) : { path: [], why: reason('shape_wrong') };
}

/** What an issue says, and where it is below the place that it names itself. */
function found(issue: Issue, data: unknown): Found {
  const here = (why: Reason): Found => ({ path: issue.path, why });
  const value = valueAt(data, issue.path);
  const below = (inner: Found): Found => ({ ...inner, path: [...issue.path, ...inner.path] });
  switch (issue.code) {
    case 'invalid_type': {
      const expected = kind(issue.expected);
      if (value === undefined) return here(reason('shape_missing', { expected }));
      return here(reason('shape_kind', { expected, found: kindOf(value) }));
    }
    case 'invalid_value':
      return here(value === undefined ? missing(issue.values) : chosen(issue.values));
    case 'too_small':
      return here(sized(issue));
    case 'too_big':
      return here(oversized(issue));
    case 'invalid_format':
      return here(
        issue.format in kinds
          ? reason('shape_written', { expected: kind(issue.format) })
          : own(issue.message, 'shape_pattern'),
      );
    case 'not_multiple_of':
      return here(reason('shape_multiple', { divisor: issue.divisor }));
    case 'unrecognized_keys':
      return {
        ...here(reason('shape_unknown', { names: issue.keys.map((key) => `“${key}”`).join(', ') })),
        ...(issue.keys[0] !== undefined && { key: issue.keys[0] }),
      };
    case 'invalid_union':
      return below(nearest(issue, value));
    case 'invalid_key':
      return here(reason('shape_name', { why: within(issue.issues, value).why }));
    case 'invalid_element':
      return below(within(issue.issues, value));
    case 'custom':
      return here(own(issue.message, 'shape_wrong'));
  }
}

/** Where the first fault of data lies, and what it is. */
export function faultOf(issues: readonly Issue[], data: unknown): Found {
  return within(issues, data);
}

/** Why data is not as its schema wants it: what is wrong, and where. */
export function shapeReason(issues: readonly Issue[], data: unknown): Reason {
  const { path, why } = faultOf(issues, data);
  return path.length === 0 ? why : reason('at_path', { path: path.map(String).join('.'), why });
}
