import { defaultOptionsFilter, type OptionsFilter } from '@mantine/core';

/**
 * Narrows suggestions to what is typed. A text that is one of them already was not typed to find it: then all show, for
 * another to be picked.
 */
export const suggest: OptionsFilter = ({ options, search, limit }) =>
  options.some((each) => 'value' in each && each.value === search.trim())
    ? options
    : (defaultOptionsFilter({ options, search, limit }) as typeof options);
