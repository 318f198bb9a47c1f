import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Engine, Network, ShimStatus } from '../../../shared/model';
import { onLan, sortNatural, type UnkeptShim } from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import { useApp, useInventory, useReadOnly } from '../../context/context';
import { ProblemNote, Section } from '../../components';
import { useObstacles } from '../../context/obstacles';
import classes from './host.module.css';
import { useConsent, useShims, useUnkeptShims } from '../../context/host/use-host';

/** The way to take a link away, after a look at what that does. */
function Remove({
  shim,
  label,
}: {
  shim: Pick<ShimStatus, 'engineId' | 'networkId'> & { id: string };
  label: string;
}) {
  const { t } = useTranslation('host');
  const { stores } = useApp();
  const { engineId, networkId, id } = shim;
  const offline = useObstacles().host(engineId);
  const remove = () =>
    stores.ui.setState({
      dialog: { kind: 'change', request: { kind: 'remove-shim', engineId, networkId } },
    });
  return (
    <Changing>
      <Tooltip label={t('shim.remove')}>
        <ActionIcon
          size={22}
          disabled={offline !== undefined}
          title={offline}
          aria-label={label}
          onClick={remove}
          data-testid={`shim-remove-${id}`}
        >
          <IconTrash size={14} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </Changing>
  );
}

/** A link that is on the host and that nothing here keeps. */
function Unkept({ link, engine }: { link: UnkeptShim; engine: Engine }) {
  const { t } = useTranslation('host');
  const { name, address, networkId } = link;
  return (
    <li className={classes.shim} data-testid={`shim-unkept-${name}`}>
      <div className={classes.shimHead}>
        <IconAlertTriangle size={14} stroke={1.7} color="var(--tl-warn)" aria-hidden />
        <span className={`tl-mono ${classes.nicName ?? ''}`}>{name}</span>
        <span className="tl-mono">{address}</span>
        <span className={`${classes.quiet ?? ''} ${classes.grow ?? ''}`}>{t('shim.unkept')}</span>
        <Remove
          shim={{ engineId: engine.id, networkId, id: name }}
          label={`${t('shim.removeLink', { link: name })} (${engine.name})`}
        />
      </div>
    </li>
  );
}

function Kept({ shim, host }: { shim: ShimStatus; host: string }) {
  const { t } = useTranslation('host');
  const readOnly = useReadOnly();
  const { engineId, networkId, networkName, address, state, problem } = shim;
  return (
    <li className={classes.shim} data-testid={`shim-${networkName}`} data-state={state}>
      <div className={classes.shimHead}>
        <span className={classes.nicName}>{networkName}</span>
        <span className="tl-mono">{address}</span>
        <span className={`${classes.quiet ?? ''} ${classes.grow ?? ''}`}>
          {t(readOnly ? 'shim.unlooked' : `shim.states.${state}`)}
          {state === 'applied' && shim.shim && ` · ${t('shim.routes', { count: shim.shim.routes.length })}`}
        </span>
        <Remove
          shim={{ engineId, networkId, id: networkName }}
          label={`${t('shim.removeFrom', { network: networkName })} (${host})`}
        />
      </div>
      {problem && <ProblemNote problem={problem} />}
    </li>
  );
}

function Possible({ network, disabled }: { network: Network; disabled: boolean }) {
  const { t } = useTranslation('host');
  const { stores } = useApp();
  const { engineId, id: networkId, name } = network;
  return (
    <li className={classes.shim}>
      <div className={classes.shimHead}>
        <span className={classes.nicName}>{name}</span>
        <span className={`tl-mono ${classes.quiet ?? ''} ${classes.grow ?? ''}`}>{network.parent}</span>
        <Button
          size="compact-xs"
          variant="default"
          disabled={disabled}
          onClick={() => stores.ui.setState({ dialog: { kind: 'shim', engineId, networkId } })}
          data-testid={`shim-make-${name}`}
        >
          {t('shim.make')}
        </Button>
      </div>
    </li>
  );
}

/** The ways from a host to its own macvlan containers: what is kept, and what could be. */
export function ShimSection({ engine }: { engine: Engine }) {
  const { t } = useTranslation('host');
  const networks = useInventory((state) => state.snapshot.networks);
  const readOnly = useReadOnly();
  const every = useShims();
  const shims = every.filter((each) => each.engineId === engine.id);
  const kept = new Set(shims.map((each) => each.networkName));
  const possible = networks
    .filter((each) => each.engineId === engine.id && each.kind === 'macvlan' && onLan(each))
    .filter((each) => !kept.has(each.name) && each.parent)
    .sort((a, b) => sortNatural(a.name, b.name));
  const may = useConsent(engine.id) === 'granted' && engine.state === 'online';
  const unkept = useUnkeptShims(engine.id, every, may);
  if (shims.length + unkept.length + (readOnly ? 0 : possible.length) === 0) return null;
  return (
    <Section title={t('shim.section')}>
      <Text size="xs" c="dimmed" mb="xs">
        {t('shim.hint')}
      </Text>
      <ul className={classes.nics}>
        {shims.map((shim) => (
          <Kept key={shim.networkName} shim={shim} host={engine.name} />
        ))}
        {unkept.map((link) => (
          <Unkept key={link.name} link={link} engine={engine} />
        ))}
        <Changing>
          {possible.map((network) => (
            <Possible key={network.id} network={network} disabled={engine.state !== 'online'} />
          ))}
        </Changing>
      </ul>
    </Section>
  );
}
