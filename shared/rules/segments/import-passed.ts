import type { Notice } from '../../model';
import { notice } from '../../texts/messages';
import { begins, isFlag, isTool } from './import-command';
import type { ShellCommand } from './shell-words';

/** A notice and the line that it is about, from 1. */
export interface PlacedNotice {
  line: number;
  notice: Notice;
}

/** Flags of the tools themselves that take a value: `docker -H tcp://h1:2375 network rm`. */
const valued = /^(?:-[Hcln]|--(?:host|context|config|log-level|url|connection|identity|namespace|address))$/;

/** Groups of commands: what is done is the word behind them. */
const groups =
  /^(?:network|container|compose|image|volume|service|stack|swarm|system|node|pod|machine|builder|buildx)$/;

/** Commands that only look, and so may stand in front of another as its condition. */
const looks = /^(?:inspect|ls|list|exists|ps)$/;
const asks = /^(?:if|elif|while|until|!)$/;

/** What a script is held together by, which does nothing that could be carried over. */
const script =
  /^(?:if|elif|then|else|fi|while|until|do|done|esac|for|case|set|echo|printf|exit|return|true|false|test|shift|cd|sleep|\[\[?|[:{}()]+|;;|#.*)$/;
/** What `network create` answers with. */
const id = /^[0-9a-f]{12,64}$/;

/** `docker network rm` of a command of Docker, Podman or nerdctl, and whether it only looks; null for any other. */
function toolCommand(words: readonly string[]): { name: string; looks: boolean } | null {
  const start = begins(words);
  const tool = words[start] ?? '';
  if (!isTool(tool)) return null;
  const verbs: string[] = [];
  for (let at = start + 1; at < words.length && verbs.length < 2; at += 1) {
    const word = words[at] ?? '';
    if (valued.test(word)) at += 1;
    else if (!isFlag(word)) verbs.push(word);
    if (verbs[0] !== undefined && !groups.test(verbs[0])) break;
  }
  const name = [
    tool.replace(/^.*[/\\]/, ''),
    ...(verbs.length > 0 ? verbs : words.slice(start + 1, start + 2)),
  ];
  return { name: name.join(' '), looks: looks.test(verbs.at(-1) ?? '') };
}

/** As many as can be taken in. */
const mostRanges = 20;

/** `4, 10–14`; `…` where there are more. */
function ranges(lines: readonly number[]): string {
  const found: [number, number][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else found.push([line, line]);
  }
  const written = found.slice(0, mostRanges).map(([from, to]) => (from === to ? from : `${from}–${to}`));
  return [...written, ...(found.length > mostRanges ? ['…'] : [])].join(', ');
}

/** Lines of a text of commands of which nothing is taken: each is told, for nobody to think that it was. */
export class PassedLines {
  private readonly commands: PlacedNotice[] = [];
  private readonly others: number[] = [];

  /**
   * @param commands those of the line that make no network and assign nothing
   * @param creates whether another of its commands makes a network
   */
  take(line: number, commands: readonly ShellCommand[], creates: boolean): void {
    const told = new Set<string>();
    let other = false;
    for (const { words } of commands) {
      const command = toolCommand(words);
      if (!command) other ||= !this.ofScript(words[begins(words)] ?? '');
      else if (!command.looks || !(creates || asks.test(words[0] ?? ''))) told.add(command.name);
    }
    for (const command of told)
      this.commands.push({ line, notice: notice('import_passed', { line, command }) });
    if (other && !creates && told.size === 0) this.others.push(line);
  }

  /** A line that is no command of any of the tools. */
  takeOther(line: number, text: string): void {
    const [word = ''] = text.trim().split(/[\s;]/, 1);
    if (!this.ofScript(word)) this.others.push(line);
  }

  /** @param found whether a network is described in the text: if none is, that is told, and not of each line */
  notices(found: boolean): PlacedNotice[] {
    const [line, ...more] = this.others;
    if (!found || line === undefined) return this.commands;
    const other =
      more.length > 0
        ? notice('import_passed', { context: 'others', lines: ranges(this.others) })
        : notice('import_passed', { context: 'other', line });
    return [...this.commands, { line, notice: other }];
  }

  private ofScript(word: string): boolean {
    return word === '' || script.test(word) || id.test(word);
  }
}
