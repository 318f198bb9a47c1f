import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  toolboxMethods,
  type Problem,
  type ToolboxMethod,
  type ToolboxSettings,
} from '../../../shared/model';
import { ProblemNote } from '../../components';
import { useConfigureToolbox } from './use-host';

/** How the image is to get onto hosts; kept at once, for all of them. An image's name matters to `pull` only. */
export function MethodField({ settings }: { settings: ToolboxSettings }) {
  const { t } = useTranslation('host');
  const configure = useConfigureToolbox();
  const [image, setImage] = useState(settings.image);
  const [problem, setProblem] = useState<Problem | null>(null);
  const set = (next: ToolboxSettings) => void configure(next).then(setProblem);
  const keepName = () => {
    const name = image.trim();
    if (name && name !== settings.image) set({ ...settings, image: name });
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
