import { Autocomplete } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem, SegmentDraft } from '../../../shared/model';
import { suggest } from '../../components';
import { useSentences } from '../../i18n';
import { mono } from './SharedFields';
import { ParentOption, ParentRemarks, useParentChoices } from './use-parents';

interface Props {
  engineId: string;
  driver: SegmentDraft['driver'];
  value: string;
  disabled: boolean;
  problem: Problem | undefined;
  onChange: (nic: string) => void;
}

/** On which NIC of its host a segment is made. */
export function NicField({ engineId, driver, value, disabled, problem, onChange }: Props) {
  const { t } = useTranslation('segments');
  const sentences = useSentences();
  const choices = useParentChoices(engineId, driver);
  const find = (name: string) => choices.find((each) => each.name === name);
  return (
    <div>
      <Autocomplete
        label={t('hosts.nic')}
        description={t('attach.nicHint')}
        data-testid="attach-nic"
        {...mono}
        data={choices.map((each) => ({ value: each.name, disabled: each.verdict?.state === 'refused' }))}
        filter={suggest}
        renderOption={({ option }) => {
          const choice = find(option.value);
          return choice ? <ParentOption choice={choice} /> : option.value;
        }}
        value={value}
        disabled={disabled}
        error={problem && sentences.whole(problem)}
        onChange={onChange}
      />
      <ParentRemarks
        choice={find(value.trim())}
        disabled={disabled}
        // The driver is the segment's, and is not chosen here.
        takes={(use) => use.parent !== undefined}
        onUse={({ parent }) => parent && onChange(parent)}
      />
    </div>
  );
}
