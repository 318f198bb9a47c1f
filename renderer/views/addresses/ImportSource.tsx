import { Button, FileButton, Group, Text, Textarea } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostCharacters } from '../../../shared/rules';
import { useLanguage } from '../../i18n';
import classes from './import.module.css';

/** A text, and the file that it is from. */
export interface ImportText {
  text: string;
  /** Empty where it was pasted. */
  file: string;
}

/** No character takes more bytes in UTF-8; a file beyond that is not even read. */
const mostBytes = mostCharacters * 4;

interface Props {
  source: ImportText;
  onSource: (source: ImportText) => void;
}

/** The text to import: pasted, or read from a file. */
export function ImportSource({ source, onSource }: Props) {
  const { t } = useTranslation('addresses');
  const language = useLanguage();
  const [failed, setFailed] = useState<'size' | 'read' | null>(null);
  const { text, file } = source;
  const open = async (chosen: File | null) => {
    setFailed(null);
    if (!chosen) return;
    if (chosen.size > mostBytes) return setFailed('size');
    try {
      onSource({ text: await chosen.text(), file: chosen.name });
    } catch {
      setFailed('read');
    }
  };
  return (
    <div>
      <Group gap="sm" mb="xs">
        <FileButton
          accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
          onChange={(chosen) => void open(chosen)}
          inputProps={{ 'data-testid': 'import-file' } as React.ComponentProps<'input'>}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconFileText size={14} />}
              data-testid="import-choose"
            >
              {t('import.choose')}
            </Button>
          )}
        </FileButton>
        {file !== '' && (
          <>
            <span className={classes.fileName} data-testid="import-file-name">
              <span className="tl-mono">{file}</span>
              <Text span size="xs" c="dimmed">
                {t('import.lines', {
                  count: lineCount(text),
                  lines: lineCount(text).toLocaleString(language),
                })}
              </Text>
            </span>
            <Button
              variant="subtle"
              onClick={() => onSource({ text: '', file: '' })}
              data-testid="import-paste"
            >
              {t('import.paste')}
            </Button>
          </>
        )}
      </Group>
      {failed && (
        <Text size="sm" c="var(--tl-bad)" role="alert" mb="xs">
          {t(`import.failed.${failed}`)}
        </Text>
      )}
      {file === '' && (
        <Textarea
          data-autofocus
          label={t('import.text')}
          description={t('import.hint')}
          placeholder={'address,status,dns_name,description\n10.70.1.60/24,active,printer,2nd floor'}
          rows={6}
          classNames={{ input: 'tl-mono' }}
          spellCheck={false}
          value={text}
          onChange={(event) => onSource({ text: event.currentTarget.value, file: '' })}
          data-testid="import-text"
        />
      )}
    </div>
  );
}

const lineCount = (text: string): number => text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/).length;
