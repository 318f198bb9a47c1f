import { wantedPlanSchema, type WantedPlan } from '../../shared/model';
import { systemReason } from '../../shared/rules';
import { reason, reasonText } from '../../shared/texts';
import { readPlainFile } from '../files/plain-file';
import { brokenAt } from '../services/storage/broken-text';
import { ReasonError } from '../services/storage/reason-error';
import { parseYaml } from '../services/storage/yaml-text';

/** Bytes; a plan of a thousand hosts is a tenth of it. */
const most = 4 << 20;

/** What is wrong with the file, as compilers say it: `plan.yaml:12:7: …`. */
export class BadFileError extends Error {
  constructor(file: string, place: { line: number; column: number } | null, why: string, cause?: unknown) {
    const where = place ? `${file}:${place.line}:${place.column}` : file;
    super(`${where}: ${why}.`, { cause });
    this.name = 'BadFileError';
  }
}

/** Which host and which container is meant is said in one of two ways, so that neither is a must by itself. */
function checkTargets({ policies, guards, segments }: WantedPlan): void {
  const missing = (path: (string | number)[], expected: string) => {
    throw new ReasonError(reason('shape_missing', { expected }), path);
  };
  const placed = (entry: Record<string, unknown>, path: (string | number)[]) => {
    if (entry['host'] === undefined && entry['engineId'] === undefined)
      missing([...path, 'host'], 'the name or the address of a host');
  };
  segments.forEach(({ members }, at) =>
    members.forEach((member, index) => placed(member, ['segments', at, 'members', index])),
  );
  policies.forEach((policy, at) => policy.kind === 'shim' && placed(policy, ['policies', at]));
  guards.forEach((guard, at) => {
    placed(guard, ['guards', at]);
    if (!guard.container && !guard.identity) missing(['guards', at, 'container'], 'the name of a container');
  });
}

/** @throws BadFileError with the first thing that is wrong, and where it stands */
export async function readWanted(file: string): Promise<WantedPlan> {
  const text = await readPlainFile(file, most).then(
    (bytes) => bytes.toString('utf8'),
    (error: unknown) => {
      throw new BadFileError(file, null, reasonText(systemReason(error)), error);
    },
  );
  return wantedIn(text, file);
}

/** The same of a text. @param file as it is called in what is said */
export function wantedIn(text: string, file: string): WantedPlan {
  try {
    const plan = wantedPlanSchema.parse(parseYaml(text) ?? {});
    checkTargets(plan);
    return plan;
  } catch (error) {
    const { place, why } = brokenAt(error, text);
    throw new BadFileError(file, place, reasonText(why), error);
  }
}
