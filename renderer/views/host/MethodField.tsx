import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  toolboxMethods,
  type Problem,
  type ToolboxMethod,
  type ToolboxSettings,
} from '../../../shared/model';
import { isImageReference, problem as problemOf } from '../../../shared/rules';
import { ProblemNote } from '../../components';
import { useSentences } from '../../i18n';
import { useConfigureToolbox } from './use-host';

interface Props {
  settings: ToolboxSettings;
  /** Told whenever the name that stands in the field becomes one that an image can have, or none. */
  onValid: (valid: boolean) => void;
}

/** How the image is to get onto hosts; kept at once, for all of them. An image's name matters to `pull` only. */
export function MethodField({ settings, onValid }: Props) {
  const { t } = useTranslation('host');
  const sentences = useSentences();
  const configure = useConfigureToolbox();
  const [image, setImage] = useState(settings.image);
  const [problem, setProblem] = useState<Problem | null>(null);
  const set = (next: ToolboxSettings) => void configure(next).then(setProblem);
  const name = image.trim();
  const valid = settings.method !== 'pull' || isImageReference(name);
  useEffect(() => onValid(valid), [onValid, valid]);
  const wrong = problemOf('toolbox_unavailable', { context: 'reference', image: name });
  const keepName = () => {
    if (isImageReference(name) && name !== settings.image) set({ ...settings, image: name });
  };
  return (
    <Stack gap="xs">
      <NativeSelect
        size="xs"
        aria-label={t('toolbox.method')}
        value={settings.method}
        data={toolboxMethods.map((value) => ({ value, label: t(`toolbox.methods.${value}`) }))}
        onChange={(event) => set({ ...settings, method: event.currentTarget.value as ToolboxMethod })}
        data-testid="toolbox-method"
      />
      {settings.method === 'pull' && (
        <TextInput
          aria-label={t('toolbox.image')}
          value={image}
          error={!valid && sentences.whole(wrong)}
          onChange={(event) => setImage(event.currentTarget.value)}
          onBlur={keepName}
          onKeyDown={(event) => event.key === 'Enter' && keepName()}
          data-testid="toolbox-image"
        />
      )}
      {problem && <ProblemNote problem={problem} />}
    </Stack>
  );
}
