import { Code, CopyButton, Button, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { segmentFormats, type Problem, type SegmentFile, type SegmentFormat } from '../../../shared/model';
import { hostNameOf } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { ProblemNote, SlowLoader } from '../../components';
import { findEngine } from '../../store/inventory';
import classes from './Transfer.module.css';

interface Answer {
  format: SegmentFormat;
  files: SegmentFile[];
  problem: Problem | null;
}

function useExport(id: string, format: SegmentFormat): Answer | null {
  const { api } = useApp();
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    let wanted = true;
    void api.invoke('segments.export', { id, format }).then((result) => {
      if (!wanted) return;
      setAnswer(
        result.ok
          ? { format, files: result.value, problem: null }
          : { format, files: [], problem: result.error },
      );
    });
    return () => {
      wanted = false;
    };
  }, [api, id, format]);
  return answer?.format === format ? answer : null;
}

function File({ file }: { file: SegmentFile }) {
  const { t } = useTranslation('segments');
  const { t: common } = useTranslation();
  const engine = useInventory((state) =>
    file.engineId === null ? undefined : findEngine(state.snapshot, file.engineId),
  );
  return (
    <section className={classes.file} aria-label={file.name}>
      <header className={classes.fileHead}>
        <span className="tl-mono">{file.name}</span>
        <Text span size="xs" c="dimmed">
          {file.engineId === null ? t('export.once') : hostNameOf(engine, file.engineId)}
        </Text>
        <span className={classes.space} />
        <CopyButton value={file.text} timeout={1500}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
              onClick={copy}
              data-testid={`copy-${file.name}`}
            >
              {copied ? common('actions.copied') : common('actions.copy')}
            </Button>
          )}
        </CopyButton>
      </header>
      <Code block className={`tl-mono ${classes.code ?? ''}`} data-testid={`file-${file.name}`}>
        {file.text}
      </Code>
    </section>
  );
}

/** A segment as commands or files that work without this console. */
export function ExportDialog({
  segmentId,
  name,
  onClose,
}: {
  segmentId: string;
  name: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('segments');
  const [format, setFormat] = useState<SegmentFormat>('docker');
  const answer = useExport(segmentId, format);
  return (
    <Modal opened onClose={onClose} size={780} title={t('export.title', { segment: name })}>
      <Stack gap="md" data-testid="export-dialog">
        <div>
          <SegmentedControl
            aria-label={t('export.format')}
            value={format}
            onChange={(value) => setFormat(value as SegmentFormat)}
            data={segmentFormats.map((each) => ({
              value: each,
              label: <span data-testid={`export-${each}`}>{t(`export.formats.${each}`)}</span>,
            }))}
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t(`export.hints.${format}`)}
          </Text>
        </div>
        {!answer && <SlowLoader />}
        {answer?.problem && <ProblemNote problem={answer.problem} />}
        {answer?.files.map((file) => (
          <File key={file.name} file={file} />
        ))}
      </Stack>
    </Modal>
  );
}
