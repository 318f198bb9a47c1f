import { Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { exportFamily, exportFormats, type ExportFormat, type RangeEnds } from '../../../shared/rules';

/** What is chosen of an export. */
export interface Chosen {
  format: ExportFormat;
  automatic: boolean;
  domain: string;
  section: string;
  /** Only the range, where one was selected. */
  part: boolean;
}

interface Props {
  chosen: Chosen;
  range: RangeEnds | null;
  /** The field that holds no valid text. */
  wrong: 'domain' | 'section' | null;
  onChosen: (chosen: Chosen) => void;
}

const groups = ['lists', 'dns', 'dhcp'] as const;
const groupOf = (format: ExportFormat): (typeof groups)[number] => {
  const family = exportFamily(format);
  return family === 'dns' || family === 'dhcp' ? family : 'lists';
};

/** Whether a program’s file has names that end in a domain. */
export const hasDomain = (format: Chosen['format']): boolean =>
  ['dns', 'phpipam'].includes(exportFamily(format)) || format === 'netbox-ip-addresses';

/** For which program, and what goes into its file. */
export function ExportChoices({ chosen, range, wrong, onChosen }: Props) {
  const { t } = useTranslation('addresses');
  const { format, automatic, domain, section, part } = chosen;
  const set = (over: Partial<Chosen>) => onChosen({ ...chosen, ...over });
  const family = exportFamily(format);
  const named = hasDomain(format);
  const list = groups.map((group) => ({
    group: t(`export.groups.${group}`),
    items: exportFormats
      .filter((each) => groupOf(each) === group)
      .map((each) => ({ value: each, label: t(`export.formats.${each}`) })),
  }));
  return (
    <Stack gap="xs">
      <Group align="flex-start" gap="sm">
        <Select
          label={t('export.format')}
          data-autofocus
          allowDeselect={false}
          value={format}
          data={list}
          onChange={(value) => set({ format: exportFormats.find((each) => each === value) ?? format })}
          maxDropdownHeight={420}
          w={300}
          data-testid="export-format"
        />
        {named && (
          <TextInput
            label={t('export.domain')}
            placeholder="home.arpa"
            classNames={{ input: 'tl-mono' }}
            spellCheck={false}
            value={domain}
            error={wrong === 'domain' && t('export.noDomain')}
            onChange={(event) => set({ domain: event.currentTarget.value })}
            data-testid="export-domain"
          />
        )}
        {family === 'phpipam' && (
          <TextInput
            label={t('export.section')}
            value={section}
            error={wrong === 'section' && t('export.noSection')}
            onChange={(event) => set({ section: event.currentTarget.value })}
            data-testid="export-section"
          />
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {t(`export.hints.${format}`)}
      </Text>
      {family === 'dhcp' && (
        <Text size="xs" c="dimmed">
          {t('export.macHint')}
        </Text>
      )}
      {(family === 'dns' || family === 'dhcp') && (
        <Checkbox
          label={t('export.automatic')}
          checked={automatic}
          onChange={(event) => set({ automatic: event.currentTarget.checked })}
          data-testid="export-automatic"
        />
      )}
      {range && (
        <Checkbox
          label={t('export.part', { ...range })}
          checked={part}
          onChange={(event) => set({ part: event.currentTarget.checked })}
          data-testid="export-part"
        />
      )}
    </Stack>
  );
}
