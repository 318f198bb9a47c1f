import { CloseButton } from '@mantine/core';
import { IconFileAlert } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSentences } from '../i18n';
import { Banner } from '../components';
import { useUi } from '../context/context';

/** What the console keeps for itself does not reach the disk. */
export function StorageProblem() {
  const sentences = useSentences();
  const problems = useUi((state) => state.storage);
  const [first, ...more] = problems.filter(({ code }) => code === 'storage_failed');
  if (!first) return null;
  const files = [first, ...more].map((each) => each.params?.['file']).join(', ');
  return (
    <Banner tone="bad" icon={<IconFileAlert size={16} stroke={1.7} />} testId="storage-problem">
      <span>{sentences.whole({ ...first, params: { ...first.params, file: files } })}</span>
    </Banner>
  );
}

/** Files of the console that could not be read when it began, or that others changed since: what is in them does not count. */
export function BrokenFiles() {
  const { t } = useTranslation();
  const sentences = useSentences();
  const problems = useUi((state) => state.storage);
  const [seen, setSeen] = useState<readonly string[]>([]);
  return problems
    .filter(({ code, message }) => code === 'file_broken' && !seen.includes(message))
    .map((problem) => (
      <Banner
        key={problem.message}
        tone="bad"
        icon={<IconFileAlert size={16} stroke={1.7} />}
        testId={`file-broken-${problem.params?.['file']}`}
      >
        <span>{sentences.whole(problem)}</span>
        {/* It has been dealt with; what can't be set aside has not. */}
        {!String(problem.params?.['context']).endsWith('unmoved') && (
          <CloseButton
            size="sm"
            aria-label={t('banner.dismiss')}
            onClick={() => setSeen([...seen, problem.message])}
            ml="auto"
          />
        )}
      </Banner>
    ));
}
