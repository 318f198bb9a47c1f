import { Button, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useJoinNames } from '../../i18n';
import type { ImportedSegment, Notice, Problem, Segment, SegmentImport } from '../../../shared/model';
import { hostsNamedIn, importFormatOf } from '../../../shared/rules';
import { useApp, useInventory, useSegments } from '../../context/context';
import type { Back } from '../../store/ui';
import { BusyNote, NeutralNote, NoticeList, ProblemNote } from '../../components';
import { SegmentSummary } from './SegmentSummary';
import classes from './Transfer.module.css';
import { useImport } from './use-import';
import { TaskDialog } from '../../components/dialog/TaskDialog';

type Format = 'docker' | 'compose';

const examples: Record<Format, string> = {
  docker: 'docker network create -d macvlan -o parent=eth0.20 --subnet 10.70.20.0/24 iot',
  compose:
    'networks:\n  iot:\n    driver: macvlan\n    driver_opts: { parent: eth0.20 }\n    ipam: { config: [{ subnet: 10.70.20.0/24 }] }',
};

/** What the dialog begins with when one comes back to it. */
export interface ImportStart {
  text: string;
  /** As the admin chose it; null: as the text looks. */
  format: Format | null;
  values: Record<string, string>;
  /** What of the text was made into segments already. */
  made: Made[];
}

interface Made {
  from: ImportedSegment;
  segmentId: string;
  /** The plan as it was known then: it is read anew after that, and has the segment from then on. */
  plan: readonly Segment[] | null;
}

const same = (a: ImportedSegment, b: ImportedSegment): boolean => JSON.stringify(a) === JSON.stringify(b);

interface FoundProps {
  segment: ImportedSegment;
  made: boolean;
  onMake: () => void;
}

function Found({ segment, made, onMake }: FoundProps) {
  const join = useJoinNames();
  const { t } = useTranslation('segments');
  const known = useInventory((state) => state.snapshot.engines).map((engine) => engine.name);
  const names = segment.hosts.map((host) => host.hostName).filter(Boolean);
  const unknown = names.filter((name) => !known.includes(name));
  return (
    <div className={classes.found}>
      <div className={classes.foundText}>
        <b>{segment.segment.name}</b>
        {names.length > 0 && (
          <Text span size="xs" c="dimmed">
            {join(names)}
          </Text>
        )}
        {unknown.length > 0 && (
          <Text size="xs" c="var(--tl-warn)" data-testid="import-unknown-hosts">
            {t('import.unknownHosts', { hosts: join(unknown) })}
          </Text>
        )}
      </div>
      <SegmentSummary draft={segment.segment} />
      {made ? (
        <Group gap={4} c="var(--tl-good)" data-testid={`import-made-${segment.segment.name}`}>
          <IconCheck size={14} stroke={2} aria-hidden />
          <Text span size="sm">
            {t('import.made')}
          </Text>
        </Group>
      ) : (
        <Button size="compact-sm" onClick={onMake} data-testid={`import-${segment.segment.name}`}>
          {t('import.make')}
        </Button>
      )}
    </div>
  );
}

const PROJECT = 'COMPOSE_PROJECT_NAME';

interface AsksProps {
  asks: SegmentImport['asks'];
  values: Readonly<Record<string, string>>;
  onChange: (name: string, value: string) => void;
}

/** Variables of the text: what stands for each, its own default where it has one. */
function Asks({ asks, values, onChange }: AsksProps) {
  const { t } = useTranslation('segments');
  if (asks.length === 0) return null;
  return (
    <section aria-label={t('import.values')} data-testid="import-values">
      <Text size="sm" fw={500} mb={4}>
        {t('import.values')}
      </Text>
      <div className={classes.asks}>
        {asks.map(({ name, value }) => (
          <TextInput
            key={name}
            label={name === PROJECT ? t('import.project') : name}
            description={name === PROJECT ? t('import.projectHint') : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder={value || t(name === PROJECT ? 'import.projectExample' : 'import.valueHint')}
            classNames={{ input: 'tl-mono', ...(name === PROJECT ? {} : { label: 'tl-mono' }) }}
            spellCheck={false}
            autoComplete="off"
            value={values[name] ?? ''}
            onChange={(event) => onChange(name, event.currentTarget.value)}
            data-testid={`import-value-${name}`}
          />
        ))}
      </div>
    </section>
  );
}

/** Hosts that the text names and nobody knows, where no segment tells it. */
function StrangeHosts({ text, found }: { text: string; found: SegmentImport }) {
  const join = useJoinNames();
  const { t } = useTranslation('segments');
  const known = useInventory((state) => state.snapshot.engines).map((engine) => engine.name);
  const told = found.segments.flatMap((each) => each.hosts.map((host) => host.hostName));
  const strange = hostsNamedIn(text).filter((name) => !known.includes(name) && !told.includes(name));
  if (strange.length === 0) return null;
  return (
    <Text size="xs" c="var(--tl-warn)" data-testid="import-strange-hosts">
      {t('import.strangeHosts', { hosts: join(strange) })}
    </Text>
  );
}

/** The line that something is about, or the first of them. */
const lineOf = ({ params = {} }: Pick<Problem, 'params'>): number =>
  Number.parseInt(String(params.line ?? params.lines ?? ''), 10) || Infinity;

/** What was found in the order of the text, whatever it is; notices that follow each other are one list. */
function byLine(problems: readonly Problem[], notices: readonly Notice[]) {
  const all = [
    ...problems.map((problem) => ({ line: lineOf(problem), problem, notices: new Array<Notice>() })),
    ...notices.map((one) => ({ line: lineOf(one), problem: null, notices: [one] })),
  ].sort((a, b) => (a.line === b.line ? 0 : a.line - b.line));
  return all.reduce<typeof all>((so, one) => {
    const last = so.at(-1);
    if (one.problem || !last || last.problem) return [...so, one];
    return [...so.slice(0, -1), { ...last, notices: [...last.notices, ...one.notices] }];
  }, []);
}

/** Networks that any compose file has, and that are none of a LAN: they are no faults of the text. */
const ordinary: readonly unknown[] = ['driver', 'external'];

function Said({ problem }: { problem: Problem }) {
  const passed = problem.code === 'import_skipped' && ordinary.includes(problem.params?.context);
  return passed ? <NeutralNote problem={problem} /> : <ProblemNote problem={problem} />;
}

interface ResultsProps {
  found: SegmentImport;
  open: boolean;
  start: ImportStart;
}

function Results({ found, open, start }: ResultsProps) {
  const { stores } = useApp();
  const plan = useSegments((state) => state.plan);
  // One that was undone or removed since is to be made again.
  const made = start.made.filter((one) => one.plan === plan || plan?.some(({ id }) => id === one.segmentId));
  const isMade = (one: ImportedSegment) => made.some(({ from }) => same(from, one));
  const make = (from: ImportedSegment) => {
    // With the last of them there is nothing to come back for.
    const over = found.segments.every((one) => isMade(one) || same(from, one));
    const again = (made: Made[]): Back => ({
      kind: 'segment-import',
      start: { ...start, made },
    });
    const next = (segmentId: string) =>
      again([...made, { from, segmentId, plan: stores.segments.getState().plan }]);
    stores.ui.setState({
      dialog: {
        ...{ kind: 'segment-form', purpose: { kind: 'create', from }, back: again(made) },
        ...(over ? {} : { next }),
      },
    });
  };
  // While its field is there to be filled in, a variable is no news.
  const problems = found.problems.filter(({ code }) => !(open && code === 'import_variable'));
  return (
    <>
      {found.segments.map((each, index) => (
        // Texts may well name two alike.
        <Found key={index} segment={each} made={isMade(each)} onMake={() => make(each)} />
      ))}
      {byLine(problems, found.notices).map(({ problem, notices }, index) =>
        // Two networks may have the same wrong with them.
        problem ? <Said key={index} problem={problem} /> : <NoticeList key={index} notices={notices} />,
      )}
    </>
  );
}

interface Props {
  start?: ImportStart | undefined;
  onClose: () => void;
}

/** Reads commands or a compose file into segments, which are then made in the form, after its preview. */
export function ImportDialog({ start, onClose }: Props) {
  const { t } = useTranslation('segments');
  const [text, setText] = useState(start?.text ?? '');
  const [chosen, setChosen] = useState(start?.format ?? null);
  const [typed, setTyped] = useState(start?.values ?? {});
  const [settled] = useDebouncedValue(text, 250);
  const [values] = useDebouncedValue(typed, 250);
  const format = chosen ?? importFormatOf(text);
  const answer = useImport(settled, chosen ?? importFormatOf(settled), values);
  // What was said of another text is not shown beside this one.
  const { value: found = null, problem = null } = settled === text ? answer : {};
  const reading = text.trim() !== '' && (settled !== text || answer.loading);
  return (
    <TaskDialog
      onClose={onClose}
      size={760}
      title={t('import.title')}
      form
      filled={text !== '' || Object.values(typed).some((value) => value !== '')}
    >
      <Stack gap="md" data-testid="import-dialog">
        <SegmentedControl
          style={{ alignSelf: 'flex-start' }}
          aria-label={t('export.format')}
          value={format}
          onChange={(value) => setChosen(value as Format)}
          data={[
            { value: 'docker', label: t('export.formats.docker') },
            { value: 'compose', label: t('export.formats.compose') },
          ]}
        />
        <Textarea
          data-autofocus
          label={t(`import.texts.${format}`)}
          description={t(`import.hints.${format}`)}
          placeholder={examples[format]}
          autosize
          minRows={8}
          // What is found in it is to be seen without scrolling.
          maxRows={12}
          classNames={{ input: 'tl-mono' }}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid="import-text"
        />
        {found && (
          <Asks
            asks={found.asks}
            values={typed}
            onChange={(name, value) => setTyped((now) => ({ ...now, [name]: value }))}
          />
        )}
        {/* At once: a text settles before it is read, so that this is never just a flicker. */}
        {reading && <BusyNote label={t('import.reading')} />}
        {problem && <ProblemNote problem={problem} />}
        {found && <StrangeHosts text={settled} found={found} />}
        {found && (
          <Results
            found={found}
            open={found.asks.length > 0}
            start={{ text, format: chosen, values: typed, made: start?.made ?? [] }}
          />
        )}
      </Stack>
    </TaskDialog>
  );
}
