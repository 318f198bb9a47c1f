import { ActionIcon, Badge, Loader, Tooltip } from '@mantine/core';
import { IconPencil, IconPlugConnected, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../context/context';
import { CopyButton, EngineMark, HostDot, ProblemNote } from '../../components';
import { useSentences } from '../../i18n';
import type { HostEntry } from '../../store/engines';
import { Answer } from './TestPanel';
import { EngineActions } from '../../context/engines/EngineActions';
import classes from './HostRow.module.css';
import { Grip } from './Grip';
import { keyOfHeld, type useArrange } from './use-arrange';
import { useEngineTest, type EngineTrial } from './use-engine-test';
import words from './words.module.css';

const products = { docker: 'Docker', podman: 'Podman', unknown: '' } as const;

/** Plain TCP is called so: it is nothing that one should have to look for. */
const kindOf = ({ connection }: HostEntry['entry']) =>
  connection.kind === 'tcp' && !connection.tls ? 'plain' : connection.kind;

function Identity({ host }: { host: HostEntry }) {
  const { t } = useTranslation('engines');
  const { stores } = useApp();
  const { engine, name } = host;
  const version = engine?.version
    ? t('list.version', { product: products[engine.product], version: engine.version })
    : '';
  const own = engine && engine.hostName !== '' && engine.hostName !== name ? engine.hostName : '';
  return (
    <div className={classes.identity}>
      <button
        type="button"
        className={classes.hostName}
        aria-label={t('list.show', { host: name })}
        onClick={() => stores.ui.setState({ dialog: null, selection: { kind: 'engine', engineId: host.id } })}
      >
        <HostDot colour={host.entry.colour} />
        <span>{name}</span>
      </button>
      <span className={words.quiet}>
        {[own && t('list.ownName', { name: own }), version.trim()].filter(Boolean).join(' · ')}
      </span>
    </div>
  );
}

function Where({ host: { entry, engine } }: { host: HostEntry }) {
  const { t } = useTranslation('engines');
  const kind = kindOf(entry);
  return (
    <div className={classes.where}>
      <span className={classes.endpoint}>
        <span className={`tl-mono ${classes.address ?? ''}`}>{engine?.endpoint}</span>
        {engine && <CopyButton value={engine.endpoint} />}
      </span>
      <span className={words.quiet}>
        <span className={kind === 'plain' ? words.bad : undefined}>{t(`kinds.${kind}`)}</span>
        {entry.source !== 'settings' && ` · ${t(`sourceHints.${entry.source}`)}`}
      </span>
    </div>
  );
}

function Tools({ host, trial }: { host: HostEntry; trial: EngineTrial }) {
  const { t } = useTranslation('engines');
  const { stores } = useApp();
  const { id: engineId, name } = host;
  const open = (kind: 'engine-form' | 'engine-remove') =>
    stores.ui.setState({ dialog: { kind, engineId, back: { kind: 'engines' } } });
  const editable = host.entry.source === 'settings';
  const tool = (action: 'test' | 'edit' | 'remove', icon: React.ReactNode, onClick: () => void) => (
    <Tooltip label={t(`list.${action}`, { host: name })}>
      <ActionIcon
        aria-label={t(`list.${action}`, { host: name })}
        onClick={onClick}
        data-testid={`engine-${action}-${name}`}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div className={classes.tools}>
      {trial.state.kind === 'running' ? (
        <Loader size={14} mx={7} aria-label={t('test.running')} />
      ) : (
        tool('test', <IconPlugConnected size={16} stroke={1.6} />, () => trial.run())
      )}
      {editable && tool('edit', <IconPencil size={16} stroke={1.6} />, () => open('engine-form'))}
      {editable && tool('remove', <IconTrash size={16} stroke={1.6} />, () => open('engine-remove'))}
    </div>
  );
}

/** Why it is offline and what helps; what a test just found. */
function Below({ host: { engine }, trial }: { host: HostEntry; trial: EngineTrial }) {
  const sentences = useSentences();
  const { state } = trial;
  const problem = engine?.state === 'offline' ? engine.problem : undefined;
  return (
    <>
      {engine && problem && (
        <div className={classes.below}>
          <div className={classes.why}>
            <span className={words.bad}>{sentences.problem(problem)}</span>{' '}
            <span className={words.quiet}>{sentences.hint(problem)}</span>
          </div>
          <div className={classes.belowActions}>
            <EngineActions engine={engine} back={{ kind: 'engines' }} />
          </div>
        </div>
      )}
      {state.kind === 'answered' && (
        <div className={classes.below}>
          <Answer test={state.test} />
        </div>
      )}
      {state.kind === 'failed' && state.problem.code !== problem?.code && (
        <div className={classes.below}>
          <ProblemNote problem={state.problem} />
        </div>
      )}
    </>
  );
}

interface Props {
  host: HostEntry;
  arrange: ReturnType<typeof useArrange>;
}

/** One host of the list. */
export function HostRow({ host, arrange }: Props) {
  const { t } = useTranslation('engines');
  const { t: common } = useTranslation();
  const { entry, engine } = host;
  const trial = useEngineTest(entry.connection, host.id);
  const held = { kind: 'host', id: host.id } as const;
  const key = keyOfHeld(held);
  const state = engine?.state ?? 'connecting';
  return (
    <li
      className={classes.host}
      data-place={key}
      data-over={arrange.drag?.over === key || undefined}
      data-held={(arrange.drag && keyOfHeld(arrange.drag.held) === key) || undefined}
      data-testid={`engine-row-${host.name}`}
    >
      <Grip label={t('list.drag', { host: host.name })} {...arrange.grip(held)} />
      <Identity host={host} />
      <Where host={host} />
      <Tooltip label={t(`sourceHints.${entry.source}`)} multiline maw={280}>
        <Badge tt="none" fw={500} variant="light" color="gray">
          {t(`sources.${entry.source}`)}
        </Badge>
      </Tooltip>
      <span className={classes.state} data-state={state}>
        <EngineMark state={state} /> {common(`engineStates.${state}`)}
      </span>
      <Tools host={host} trial={trial} />
      <Below host={host} trial={trial} />
    </li>
  );
}
