import { Badge, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EngineCandidate } from '../../../shared/model';
import { useEngines } from '../../context/context';
import { useAnswer } from '../../context/use-answer';
import { ProblemNote, SlowLoader } from '../../components';
import { useSentences } from '../../i18n';
import { sameConnection } from './engine-form';
import classes from './Candidates.module.css';
import words from './words.module.css';

interface ItemProps {
  candidate: EngineCandidate;
  chosen: boolean;
  onChoose: () => void;
}

function Item({ candidate, chosen, onChoose }: ItemProps) {
  const { t } = useTranslation('engines');
  const sentences = useSentences();
  const { name, address, source, current, problem } = candidate;
  const known = useEngines((state) =>
    state.list?.engines.some((each) => sameConnection(each.connection, candidate.connection)),
  );
  return (
    <li>
      <UnstyledButton
        className={classes.candidate}
        aria-pressed={chosen}
        aria-label={t('candidates.fill', { name, address })}
        onClick={onChoose}
        data-testid={`candidate-${name}`}
      >
        <span className={classes.candidateName}>
          <strong>{name}</strong>
          <span className={words.quiet}>{t(`candidates.source.${source}`)}</span>
          {current && (
            <Badge tt="none" fw={500} variant="light">
              {t('candidates.current')}
            </Badge>
          )}
          {known && (
            <Badge tt="none" fw={500} variant="light" color="gray">
              {t('candidates.known')}
            </Badge>
          )}
        </span>
        {address !== name && <span className={`tl-mono ${words.quiet ?? ''}`}>{address}</span>}
        {problem && <span className={words.bad}>{sentences.problem(problem)}</span>}
      </UnstyledButton>
    </li>
  );
}

interface Props {
  chosen: EngineCandidate | null;
  onChoose: (candidate: EngineCandidate) => void;
}

/** Ways to engines that are on this computer already: one click fills the form. */
export function Candidates({ chosen, onChoose }: Props) {
  const { t } = useTranslation('engines');
  const { value: candidates, problem } = useAnswer('engines.candidates', {});
  if (problem) return <ProblemNote problem={problem} />;
  if (!candidates) return <SlowLoader label={t('candidates.looking')} />;
  if (candidates.length === 0)
    return (
      <Text size="xs" c="dimmed">
        {t('candidates.none')}
      </Text>
    );
  return (
    <ul className={classes.candidates} data-testid="candidates">
      {candidates.map((candidate) => (
        <Item
          key={`${candidate.source} ${candidate.name}`}
          candidate={candidate}
          chosen={candidate === chosen}
          onChoose={() => onChoose(candidate)}
        />
      ))}
    </ul>
  );
}
