import { Button, Code, CopyButton, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AddressExport, ExportFormat } from '../../../shared/rules';
import { saveText } from '../../components/save-text';
import { useLanguage } from '../../i18n';
import classes from './export.module.css';

/** A window stays quick with so many lines; copy and file have them all. */
const mostLines = 500;

function Shown({ text }: { text: string }) {
  const { t } = useTranslation('addresses');
  const language = useLanguage();
  const lines = text.split('\n');
  const more = Math.max(0, lines.length - 1 - mostLines);
  return (
    <>
      <Code block tabIndex={0} className={`tl-mono ${classes.code ?? ''}`} data-testid="export-text">
        {more > 0 ? lines.slice(0, mostLines).join('\n') : text}
      </Code>
      {more > 0 && (
        <Text size="xs" c="dimmed" className={classes.more}>
          {t('export.moreLines', { count: more, lines: more.toLocaleString(language) })}
        </Text>
      )}
    </>
  );
}

/** The file as it will be; from here it is copied or saved. */
export function ExportFile({ format, made }: { format: ExportFormat; made: AddressExport }) {
  const { t } = useTranslation('addresses');
  const { t: common } = useTranslation();
  const { text, fileName, type } = made;
  if (text === '')
    return (
      <Text c="dimmed" data-testid="export-empty">
        {t('export.empty')}
      </Text>
    );
  // Without the mark a spreadsheet takes a table for a text in the country's own old encoding.
  const file = format === 'csv' ? `\ufeff${text}` : text;
  return (
    <section className={classes.file} aria-label={fileName}>
      <header className={classes.fileHead}>
        <span className={`tl-mono ${classes.name ?? ''}`}>{fileName}</span>
        <CopyButton value={text} timeout={1500}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
              onClick={copy}
              data-testid="export-copy"
            >
              {copied ? common('actions.copied') : common('actions.copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconDownload size={13} />}
          onClick={() => saveText(fileName, type, file)}
          data-testid="export-save"
        >
          {t('export.save')}
        </Button>
      </header>
      <Shown text={text} />
    </section>
  );
}
