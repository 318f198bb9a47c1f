import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  toolboxMethods,
  type Problem,
  type ToolboxMethod,
  type ToolboxSettings,
} from '../../../shared/model';
import { isImageReference, problem as problemOf } from '../../../shared/rules';
import { useFailure } from '../../context/use-failure';
import { ProblemNote } from '../../components';
import { useSentences } from '../../i18n';
import { useConfigureToolbox } from '../../context/host/use-host';

interface Props {
  settings: ToolboxSettings;
  /** The image's name as it stands in the field; kept when it is left, if it is one. */
  image: string;
  onImage: (image: string) => void;
}

/** Whether the toolbox can get onto a host so: a name matters to `pull` only. */
export const canGetThere = ({ method }: ToolboxSettings, image: string): boolean =>
  method !== 'pull' || isImageReference(image.trim());

/** How the image is to get onto hosts; kept at once, for all of them. An image's name matters to `pull` only. */
export function MethodField({ settings, image, onImage }: Props) {
  const { t } = useTranslation('host');
  const sentences = useSentences();
  const configure = useConfigureToolbox();
  const [problem, setProblem] = useFailure<Problem>([settings, image]);
  const set = (next: ToolboxSettings) => void configure(next).then(setProblem);
  const name = image.trim();
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
          error={!canGetThere(settings, image) && sentences.whole(wrong)}
          onChange={(event) => onImage(event.currentTarget.value)}
          onBlur={keepName}
          onKeyDown={(event) => event.key === 'Enter' && keepName()}
          data-testid="toolbox-image"
        />
      )}
      {problem && <ProblemNote problem={problem} />}
    </Stack>
  );
}
