import { Code, CopyButton, Button, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { segmentFormats, type SegmentFile, type SegmentFormat } from '../../../shared/model';
import { hostNameOf } from '../../../shared/rules';
import { useInventory, useSegments } from '../../context/context';
import { useSegmentScene } from '../../context/segments';
import { useAnswer } from '../../context/use-answer';
import { ProblemNote, SlowLoader } from '../../components';
import { findEngine } from '../../store/inventory';
import classes from './Transfer.module.css';
import { TaskDialog } from '../../components/dialog/TaskDialog';

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
export function ExportDialog({ segmentId, onClose }: { segmentId: string; onClose: () => void }) {
  const { t } = useTranslation('segments');
  const { candidates } = useSegmentScene();
  const plan = useSegments((state) => state.plan) ?? [];
  // A segment's own name, or a candidate's.
  const name = [...plan, ...candidates].find((each) => each.id === segmentId)?.name ?? segmentId;
  const [format, setFormat] = useState<SegmentFormat>('docker');
  const { value: files, problem, loading } = useAnswer('segments.export', { id: segmentId, format });
  return (
    <TaskDialog onClose={onClose} size={780} title={t('export.title', { segment: name })}>
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
        {loading && <SlowLoader />}
        {problem && <ProblemNote problem={problem} />}
        {files?.map((file) => (
          <File key={file.name} file={file} />
        ))}
      </Stack>
    </TaskDialog>
  );
}
