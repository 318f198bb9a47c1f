import { Button, Modal, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportedSegment, Problem, SegmentImport } from '../../../shared/model';
import { useApp, useInventory } from '../../app/context';
import { ProblemNote } from '../../components';
import { SegmentSummary } from './SegmentSummary';
import classes from './Transfer.module.css';

type Format = 'docker' | 'compose';

/** Compose files are YAML with a `networks:` key; commands have no such line. */
const formatOf = (text: string): Format => (/^networks:/m.test(text) ? 'compose' : 'docker');

const examples: Record<Format, string> = {
  docker: 'docker network create -d macvlan -o parent=eth0.20 --subnet 10.70.20.0/24 iot',
  compose:
    'networks:\n  iot:\n    driver: macvlan\n    driver_opts: { parent: eth0.20 }\n    ipam: { config: [{ subnet: 10.70.20.0/24 }] }',
};

function useImport(text: string, format: Format): { found: SegmentImport | null; problem: Problem | null } {
  const { api } = useApp();
  const [found, setFound] = useState<SegmentImport | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (text.trim() === '') return;
    let wanted = true;
    void api.invoke('segments.import', { text, format }).then((result) => {
      if (!wanted) return;
      setFound(result.ok ? result.value : null);
      setProblem(result.ok ? null : result.error);
    });
    return () => {
      wanted = false;
    };
  }, [api, text, format]);
  return text.trim() === '' ? { found: null, problem: null } : { found, problem };
}

function Found({ segment }: { segment: ImportedSegment }) {
  const { t } = useTranslation('segments');
  const { stores } = useApp();
  const known = useInventory((state) => state.snapshot.engines).map((engine) => engine.name);
  const names = segment.hosts.map((host) => host.hostName).filter(Boolean);
  const unknown = names.filter((name) => !known.includes(name));
  return (
    <div className={classes.found}>
      <div className={classes.foundText}>
        <b>{segment.segment.name}</b>
        {names.length > 0 && (
          <Text span size="xs" c="dimmed">
            {names.join(', ')}
          </Text>
        )}
        {unknown.length > 0 && (
          <Text size="xs" c="var(--tl-warn)" data-testid="import-unknown-hosts">
            {t('import.unknownHosts', { hosts: unknown.join(', ') })}
          </Text>
        )}
      </div>
      <SegmentSummary draft={segment.segment} />
      <Button
        size="compact-sm"
        onClick={() =>
          stores.ui.setState({
            dialog: { kind: 'segment-form', purpose: { kind: 'create', from: segment } },
          })
        }
        data-testid={`import-${segment.segment.name}`}
      >
        {t('import.make')}
      </Button>
    </div>
  );
}

/** Reads commands or a compose file into segments, which are then made in the form, after its preview. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('segments');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Format | null>(null);
  const [settled] = useDebouncedValue(text, 250);
  const format = chosen ?? formatOf(text);
  const { found, problem } = useImport(settled, chosen ?? formatOf(settled));
  return (
    <Modal opened onClose={onClose} size={700} title={t('import.title')}>
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
          label={t('import.text')}
          description={t('import.hint')}
          placeholder={examples[format]}
          autosize
          minRows={8}
          maxRows={18}
          classNames={{ input: 'tl-mono' }}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid="import-text"
        />
        {problem && <ProblemNote problem={problem} />}
        {found?.problems.map((each) => (
          <ProblemNote key={each.code + each.message} problem={each} />
        ))}
        {found?.segments.map((each, index) => (
          // Texts may well name two alike.
          <Found key={index} segment={each} />
        ))}
      </Stack>
    </Modal>
  );
}
