import { writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { fail } from '../../shared/model';
import { problem } from '../../shared/texts';
import type { SettingsConsole } from '../services/testing/settings-console';
import { given, inFolder, start, useDemoConsoles } from '../testing/demo-consoles';
import type { Invoke } from './invoke';
import { runApply, type Console } from './run';

useDemoConsoles(3, 24);

const lines: string[] = [];
const complaints: string[] = [];
afterEach(() => {
  lines.splice(0);
  complaints.splice(0);
});

/** One console for all that a test applies: the simulated engines forget with their process, not with it. */
async function demoConsole(): Promise<SettingsConsole> {
  const engines = [0, 1, 2].map((index) => given('argument', `demo-${index + 1}`, index));
  return start({ given: engines });
}

const opened = ({ core, run }: SettingsConsole): Console => ({
  invoke: run,
  subscribe: (listener) => core.subscribe(listener),
  // The test ends it.
  dispose: async () => undefined,
});

async function apply(
  on: SettingsConsole,
  text: string,
  dryRun = false,
  invoke: Invoke = on.run,
): Promise<number> {
  lines.splice(0);
  const file = inFolder('wanted.yaml');
  await writeFile(file, text);
  return runApply({
    file,
    dryRun,
    say: (line) => lines.push(line),
    complain: (line) => complaints.push(line),
    open: async () => ({ ...opened(on), invoke }),
  });
}

const office = (members: string, more = ''): string => `version: 1
segments:
  - name: Office
    vlan: 77
    subnets: [{ subnet: 10.77.0.0/24, gateway: 10.77.0.1 }]
    ${more}
    members:
${members}
`;
const both = '      - { host: atlas, parentNic: eth0 }\n      - { host: borealis, parentNic: eno1 }';
const one = '      - { host: atlas, parentNic: eth0 }';

const networksOf = async (on: SettingsConsole, name: string) =>
  (await on.value('inventory.get', {})).networks.filter((each) => each.name === name);

describe('a plan that is applied', () => {
  it('is made, changed and taken back as the file says, and says that all is in step', async () => {
    const console = await demoConsole();
    expect(await apply(console, office(both), true)).toBe(2);
    expect(lines).toContain('1 thing differs from the file; nothing was changed.');
    expect(await networksOf(console, 'office')).toEqual([]);

    expect(await apply(console, office(both)), lines.join('\n')).toBe(0);
    expect(lines.at(-1)).toBe('All is in step; 1 change made.');
    expect((await networksOf(console, 'office')).map(({ engineId }) => engineId)).toEqual([
      'demo-1',
      'demo-2',
    ]);

    expect(await apply(console, office(both), true)).toBe(0);
    expect(lines).toEqual(['segment Office', '  in step', 'All is in step; nothing was changed.']);

    expect(
      await apply(console, office(both, 'reserved: [{ from: 10.77.0.2, to: 10.77.0.9, kind: dhcp }]')),
    ).toBe(0);
    const { segments } = await console.value('segments.list', {});
    expect(segments[0]?.segment.reserved).toHaveLength(1);

    expect(await apply(console, office(one)), lines.join('\n')).toBe(0);
    expect((await networksOf(console, 'office')).map(({ engineId }) => engineId)).toEqual(['demo-1']);
    const log = await console.value('change.list', { limit: 10 });
    expect(log.map(({ request, by }) => [request.kind, by])).toEqual([
      ['remove-segment-host', 'command-line'],
      ['edit-segment', 'command-line'],
      ['create-segment', 'command-line'],
    ]);
  });

  it('goes on where only more is warned of by the time of its turn, and gives up where that goes on', async () => {
    const console = await demoConsole();
    let refusals = 1;
    const stale = problem('change_stale', { context: 'warning', host: 'atlas' });
    const invoke: Invoke = async (name, input) =>
      name === 'change.apply' && refusals-- > 0 ? fail(stale) : console.run(name, input);
    expect(await apply(console, office(one), false, invoke), lines.join('\n')).toBe(0);
    expect(await networksOf(console, 'office')).toHaveLength(1);
    refusals = 2;
    expect(await apply(console, office(both), false, invoke)).toBe(1);
    expect(await networksOf(console, 'office')).toHaveLength(1);
  });

  it('gives containers what the file keeps for them, and guards them', async () => {
    const console = await demoConsole();
    const text = `version: 1
guards:
  - { host: demo-1, container: mqtt, attachments: [{ networkName: lan, ipv4: 10.20.0.180 }] }
  - { host: atlas, container: nobody, attachments: [{ networkName: lan, ipv4: 10.20.0.181 }] }
`;
    expect(await apply(console, text), lines.join('\n')).toBe(2);
    expect(lines).toContain('    ! There is no container nobody on atlas now.');
    const [guard] = await console.value('guard.list', {});
    expect(guard).toMatchObject({ containerName: 'mqtt', state: 'kept' });
    expect(guard?.attachments.map(({ ipv4 }) => ipv4)).toContain('10.20.0.180');
  });

  it('says what is refused, and goes on with the rest', async () => {
    const console = await demoConsole();
    const taken = `version: 1
segments:
  - name: lan
    subnets: [{ subnet: 10.99.0.0/24 }]
    members: [{ host: atlas, parentNic: eth0 }]
  - name: Cellar
    vlan: 78
    subnets: [{ subnet: 10.78.0.0/24 }]
    members: [{ host: nowhere, parentNic: eth0 }]
guards:
  - { host: atlas, container: mqtt, attachments: [{ networkName: lan, ipv4: 10.20.0.183 }] }
`;
    expect(await apply(console, taken)).toBe(1);
    expect(lines.join('\n')).toContain('there is no host “nowhere” (there are: atlas, borealis, cirrus)');
    expect(lines.at(-1)).toBe('2 changes made; 2 failed.');
    expect(await networksOf(console, 'cellar')).toEqual([]);
  });
});

describe('a file that is wrong', () => {
  it.each([
    ['version: 2\n', ':1:1: “version”: only 1 may stand here.'],
    ['version: 1\nsegments: [\n', ':3:1: the line is indented wrongly, or a bracket is not closed.'],
    [
      'version: 1\nsegments:\n  - name: x\n    vlan: 5000\n    subnets: [{ subnet: 10.1.0.0/24 }]\n    members: [{ host: a, parentNic: eth0 }]\n',
      ':4:5: ',
    ],
    ['version: 1\nguards:\n  - host: atlas\n    attachments: [{ networkName: lan }]\n', ':3:5: '],
    ['version: 1\nsegments: []\nsegment: []\n', ':3:1: “segment” does not belong in here.'],
    ['', ':1:1: “version”: it is missing (1 belongs here).'],
  ])('is told with line and column, and nothing is opened: %j', async (text, place) => {
    const file = inFolder('wrong.yaml');
    await writeFile(file, text);
    const open = () => Promise.reject(new Error('opened'));
    const say = (line: string) => lines.push(line);
    const complain = (line: string) => complaints.push(line);
    expect(await runApply({ file, dryRun: false, open, say, complain })).toBe(3);
    expect(complaints.join('\n')).toContain(place);
    expect(lines).toEqual([]);
  });
});
