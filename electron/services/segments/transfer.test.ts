import { describe, expect, it } from 'vitest';
import { importSegments } from './transfer';

const command = (at: number) =>
  `docker network create -d macvlan --subnet=10.${String(at >> 8)}.${String(at & 255)}.0/24 -o parent=eth0.${String(at + 1)} n${String(at)}\n`;
const commands = (count: number) => Array.from({ length: count }, (_, at) => command(at)).join('');

describe('a text that is pasted', () => {
  it('is read up to a bound, and beyond it not begun with', () => {
    expect(importSegments({ format: 'docker', text: commands(1000) }).segments).toHaveLength(1000);
    for (const text of [commands(1001), '\n'.repeat(1_000_001), `networks: [${'a,'.repeat(500_000)}]`])
      for (const format of ['docker', 'compose'] as const)
        expect(importSegments({ format, text })).toMatchObject({
          segments: [],
          problems: [{ code: 'import_unreadable', params: { context: 'large' } }],
        });
  });

  it('is refused where one network has more subnets than anybody’s', () => {
    const subnets = '--subnet 10.0.0.0/24 '.repeat(40_000);
    const text = `docker network create -d macvlan -o parent=eth0 ${subnets} n`;
    expect(importSegments({ format: 'docker', text }).problems).toMatchObject([
      { code: 'import_skipped', params: { context: 'subnets', count: 40_000 } },
    ]);
  });

  it('has its first problems told one by one, and how many more there are', () => {
    const text = `networks:\n${Array.from({ length: 150 }, (_, at) => `  n${String(at)}: {}\n`).join('')}`;
    const { problems } = importSegments({ format: 'compose', text });
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toMatchObject({ params: { context: 'more', count: 50 } });
  });

  it('has its first notices told, and how many more there are', () => {
    const text = `${command(0)}${'docker network rm old\n'.repeat(150)}`;
    const { notices } = importSegments({ format: 'docker', text });
    expect(notices).toHaveLength(101);
    expect(notices[0]).toMatchObject({ params: { line: 2, command: 'docker network rm' } });
    expect(notices.at(-1)).toMatchObject({ params: { context: 'more', count: 50 } });
  });

  const many = (entry: (at: number) => string) =>
    `networks:\n${Array.from({ length: 1001 }, (_, at) => `  n${String(at)}: ${entry(at)}\n`).join('')}`;
  it.each([
    ['only give problems', many(() => '{}')],
    ['are made elsewhere', many(() => '{external: true}')],
    [
      'share one segment',
      many(
        () =>
          '{driver: macvlan, driver_opts: {parent: eth0}, ipam: {config: [{subnet: 10.1.0.0/24}]}, name: lan}',
      ),
    ],
  ])('has a bound for its networks, also where they %s', (_, text) => {
    expect(importSegments({ format: 'compose', text })).toMatchObject({
      segments: [],
      problems: [{ code: 'import_unreadable', params: { context: 'large' } }],
    });
  });

  it('of lines that can’t be read has that bound, too', () => {
    const text = 'docker network \\\n  create --wrong-option lan\n'.repeat(1001);
    expect(importSegments({ format: 'docker', text })).toMatchObject({
      problems: [{ code: 'import_unreadable', params: { context: 'large' } }],
    });
  });
});
