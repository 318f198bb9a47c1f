import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network } from '../../../shared/model';
import { hostName } from '../../../shared/rules';
import { EmptyState, StateMark } from '../../components';
import { useApp, useInventory } from '../../context/context';
import { useLeaseOn } from '../../context/leases';
import { useSentences } from '../../i18n';
import { leasedInstead } from '../../store/leases';
import { normalQuery } from '../../store/query';
import type { Back } from '../../store/ui';
import { candidatesFor, type Candidate } from './candidates';
import classes from './addresses.module.css';

/** Escape leaves the choice alone: the dialog around does not close by it while this has the focus. */
const ownEscape = { 'data-mantine-stop-propagation': true } as const;

interface Props {
  address: string;
  network: Network;
  /** Where one comes back to when the change is made, or given up. */
  back: Back;
  onBack: () => void;
}

/** Who gets a free address, below the grid in which it is marked: the containers of the LAN's hosts; who can't have it says why. */
export function ChooseContainer({ address, network, back, onBack }: Props) {
  const { t } = useTranslation('addresses');
  const { t: common } = useTranslation();
  const { stores } = useApp();
  const snapshot = useInventory((state) => state.snapshot);
  const [filter, setFilter] = useState('');
  const all = useMemo(() => candidatesFor(address, network, snapshot), [address, network, snapshot]);
  const wanted = normalQuery(filter);
  const shown = all.filter(({ container }) =>
    `${container.name} ${hostName(container.engineId, snapshot.engines)}`.toLowerCase().includes(wanted),
  );
  const choose = ({ request }: Candidate) =>
    stores.ui.setState({ dialog: { kind: 'change', request, back } });
  return (
    <section
      className={classes.choice}
      aria-label={t('choose', { address })}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onBack();
      }}
      data-testid="choose-container"
    >
      <header className={classes.choiceHead}>
        <b>{t('choose', { address })}</b>
        <Button size="compact-xs" variant="subtle" onClick={onBack} {...ownEscape} data-testid="choose-back">
          {common('actions.cancel')}
        </Button>
      </header>
      {all.length === 0 ? (
        <EmptyState title={t('noCandidates')} />
      ) : (
        <>
          <TextInput
            data-autofocus
            autoFocus
            size="sm"
            aria-label={t('filter')}
            placeholder={t('filter')}
            leftSection={<IconSearch size={14} stroke={1.8} />}
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
            {...ownEscape}
            onKeyDown={(event) => {
              const first = shown[0];
              if (event.key === 'Enter' && first?.problem === null) choose(first);
            }}
            data-testid="candidate-filter"
          />
          <ul className={classes.candidates}>
            {shown.map((each) => (
              <li key={`${each.container.engineId} ${each.container.id} ${each.network.id}`}>
                <CandidateRow candidate={each} onChoose={() => choose(each)} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function CandidateRow({ candidate, onChoose }: { candidate: Candidate; onChoose: () => void }) {
  const { t } = useTranslation('addresses');
  const engines = useInventory((state) => state.snapshot.engines);
  const sentences = useSentences();
  const { container, network, has, live, problem } = candidate;
  const lease = useLeaseOn(container.engineId, container.id, network.name);
  const instead = leasedInstead(lease, has ?? '');
  const keeps = (address: string) => t(live ? 'moves' : 'keeps', { address });
  const now = has ? keeps(has) : t('isOn', { network: network.name });
  const on = instead === null ? now : t('leasesNow', { address: instead });
  const what = has === null ? t('attaches', { network: network.name }) : on;
  return (
    <button
      type="button"
      className={classes.candidate}
      disabled={problem !== null}
      onClick={onChoose}
      {...ownEscape}
      data-testid={`candidate-${container.name}`}
    >
      <StateMark state={container.state} />
      <span className={classes.candidateName}>
        <span className="tl-ellipsis">{container.name}</span>
        <span className={classes.quiet}>{hostName(container.engineId, engines)}</span>
      </span>
      <span className={classes.quiet}>{problem ? sentences.whole(problem) : what}</span>
    </button>
  );
}
