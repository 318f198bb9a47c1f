import { notices } from './errors-notices';
import { problems } from './errors-problems';

const errors: Readonly<Record<string, string>> = { ...problems, ...notices };

export default errors;
