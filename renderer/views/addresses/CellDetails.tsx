import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AddressUse, Network } from '../../../shared/model';
import type { AddressCell } from '../../../shared/rules';
import { CopyButton } from '../../components';
import { Changing } from '../../context/Changing';
import { useApp } from '../../context/context';
import type { Back } from '../../store/ui';
import { isFree, isReserved, letters } from './letters';
import { Reserve } from './Reserve';
import { useCellWords } from './use-cell-words';
import classes from './addresses.module.css';

interface Props {
  cell: AddressCell;
  /** A free address is chosen for a form: nothing else is done from here. */
  picks: boolean;
  /** The network that it is looked at from; undefined when it is gone. */
  network: Network | undefined;
  /** Where one comes back to from a change that was begun here. */
  back: Back;
  onGive: () => void;
}

/** The address under the hand: what it is, all who hold it, and what can be done with it. */
export function CellDetails({ cell, picks, network, back, onGive }: Props) {
  const { t } = useTranslation('addresses');
  const words = useCellWords();
  const { address, state, uses } = cell;
  return (
    <section className={classes.details} aria-live="polite" data-testid="cell-details">
      <span className={classes.cell} data-state={state} aria-hidden>
        {letters[state]}
      </span>
      <div>
        <div className={classes.headline}>
          <b className="tl-mono">{address}</b>
          <CopyButton value={address} />
          <span>{t(`states.${state}`)}</span>
        </div>
        {distinct(uses).map((use) => (
          <Holder
            key={`${use.engineId} ${use.kind} ${use.owner} ${use.address}`}
            use={use}
            back={picks ? null : back}
          />
        ))}
        {words.given(cell) && <div className={classes.quiet}>{words.given(cell)}</div>}
        {!picks && (isFree(cell) || isReserved(cell)) && (
          <Reserve
            key={address}
            ends={{ from: address, to: address }}
            reserved={isReserved(cell)}
            network={network}
            back={back}
          />
        )}
      </div>
      {isFree(cell) && (
        <Changing>
          <Button onClick={onGive} data-testid="give-address">
            {t(picks ? 'use' : 'give')}
          </Button>
        </Changing>
      )}
    </section>
  );
}

/** Several hosts say the same of a gateway: said once. */
const distinct = (uses: readonly AddressUse[]): readonly AddressUse[] => {
  const said = new Map(
    uses.map((use) => [use.kind === 'gateway' ? 'gateway' : `${use.engineId} ${use.kind} ${use.owner}`, use]),
  );
  return [...said.values()];
};

/** @param back where one comes back to from a change; null where none is begun here */
function Holder({ use, back }: { use: AddressUse; back: Back | null }) {
  const { t } = useTranslation('addresses');
  const { stores } = useApp();
  const words = useCellWords();
  const { engineId, container } = use;
  return (
    <Group gap="sm" className={classes.holder}>
      <span>
        {t(`states.${use.kind}`)} {words.holder(use)}{' '}
        {container?.mac && <span className={`tl-mono ${classes.quiet ?? ''}`}>{container.mac}</span>}
      </span>
      {container && back && (
        <>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() =>
              stores.ui.setState({
                dialog: null,
                selection: {
                  kind: 'attachment',
                  engineId,
                  containerId: container.id,
                  networkId: container.networkId,
                },
              })
            }
          >
            {t('show', { name: use.owner })}
          </Button>
          <Changing>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() =>
                stores.ui.setState({
                  dialog: {
                    kind: 'change',
                    request: {
                      kind: 'readdress',
                      engineId,
                      containerId: container.id,
                      networkId: container.networkId,
                    },
                    back,
                  },
                })
              }
            >
              {t('change')}
            </Button>
          </Changing>
        </>
      )}
    </Group>
  );
}
