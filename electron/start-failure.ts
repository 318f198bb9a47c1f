import { join } from 'node:path';
import { ProblemError } from '../shared/model';
import { fillText } from '../shared/texts';
import { storedLanguage } from './services/preferences';

/** Why the console did not start, for a dialog or a terminal. */
export interface StartFailure {
  /** That it did not. */
  title: string;
  message: string;
  /** What to do; empty where there is nothing. */
  hint: string;
}

/**
 * What is said before there is a window, which has all other translations, and none of which main may import. What is not
 * here is told in English.
 */
export const chineseStart: { title: string; problems: Record<string, Omit<StartFailure, 'title'>> } = {
  title: 'Trunkline 无法启动',
  problems: {
    folder_in_use: {
      message: '另一个 Trunkline（进程 {{pid}}）正在使用 {{folder}}。',
      hint: '请使用它的窗口，或先将其关闭；也可用 --user-data 为此控制台指定另一个文件夹。如果该进程不是 Trunkline，请删除 {{file}}。',
    },
  },
};

function inEnglish(error: unknown): StartFailure {
  const title = 'Trunkline could not start';
  if (error instanceof ProblemError)
    return { title, message: error.problem.message, hint: error.problem.hint ?? '' };
  return { title, message: error instanceof Error ? error.message : String(error), hint: '' };
}

/** For a terminal. A Chinese mark brings its own space. */
export const inOneLine = ({ title, message, hint }: StartFailure): string =>
  title === chineseStart.title
    ? `${title}：${message}${hint}`
    : [`${title}: ${message}`, hint].filter(Boolean).join(' ');

/**
 * In the language that the admin chose in the console, else in that of their system.
 *
 * @param userDataDir null where it is not known yet
 * @param locale      the system's, BCP 47
 */
export async function startFailure(
  error: unknown,
  userDataDir: string | null,
  locale: string,
): Promise<StartFailure> {
  const chosen = userDataDir === null ? 'auto' : await storedLanguage(join(userDataDir, 'preferences.json'));
  const isChinese = chosen === 'auto' ? /^zh\b/i.test(locale) : chosen === 'zh-CN';
  if (!isChinese) return inEnglish(error);
  const { code = '', params = {} } = error instanceof ProblemError ? error.problem : {};
  const words = chineseStart.problems[code];
  const { message, hint } = words ?? inEnglish(error);
  if (!words) return { title: chineseStart.title, message, hint };
  return { title: chineseStart.title, message: fillText(message, params), hint: fillText(hint, params) };
}
