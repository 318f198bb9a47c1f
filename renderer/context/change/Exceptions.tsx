import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UndoException } from '../../../shared/model';
import { exceptHeading, exceptionTexts } from './exceptions';

/** What did not come back, though the change was taken back. */
export function Exceptions({
  state,
  exceptions,
}: {
  state: string;
  exceptions?: readonly UndoException[] | undefined;
}) {
  const { t } = useTranslation('change');
  const texts = exceptionTexts(t, exceptions);
  if (texts.length === 0) return null;
  return (
    <div data-testid="undo-exceptions">
      <Text size="xs" c="var(--tl-warn)">
        {exceptHeading(t, state)}
      </Text>
      {texts.map((text) => (
        <Text key={text} size="xs">
          {text}
        </Text>
      ))}
    </div>
  );
}
