import { englishNotices, englishProblems } from '../../../../shared/rules';

/** The English sentences live with the rules, which also send them to scripts; here they only get their keys. */
const errors: Readonly<Record<string, string>> = { ...englishProblems, ...englishNotices };

export default errors;
