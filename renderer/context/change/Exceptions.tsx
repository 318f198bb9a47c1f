import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem, UndoException } from '../../../shared/model';
import { useSentences } from '../../i18n';
import { exceptHeading, exceptionTexts } from './exceptions';

/** Containers that are left on a network which the change removed. */
function Stranded({ stranded }: { stranded: readonly Problem[] }) {
  const sentences = useSentences();
  return stranded.map((each) => (
    <Text key={each.message} size="xs" c="var(--tl-warn)" data-testid="stranded">
      {sentences.whole(each)}
    </Text>
  ));
}

/** What did not come back, though the change was taken back, and what a removal left behind. */
export function Exceptions({
  stranded = [],
  ...back
}: {
  state: string;
  exceptions?: readonly UndoException[] | undefined;
  stranded?: readonly Problem[] | undefined;
}) {
  return (
    <>
      <BackExcept {...back} />
      <Stranded stranded={stranded} />
    </>
  );
}

function BackExcept({
  state,
  exceptions,
}: {
  state: string;
  exceptions?: readonly UndoException[] | undefined;
}) {
  const { t } = useTranslation('change');
  const texts = exceptionTexts(t, exceptions, state === 'done');
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
