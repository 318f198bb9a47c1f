import { englishHints } from '../../../../shared/rules';

/** What to do about a problem, under the same keys as the problems themselves. */
const hints: Readonly<Record<string, string>> = englishHints;

export default hints;
