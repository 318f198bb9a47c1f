import { Button, Checkbox, Chip, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { probeContainer } from '../../../shared/rules/isolation';
import type { SegmentView, ToolboxConsent } from '../../../shared/model';
import { hostName } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { useSegmentScene } from '../../context/segments';
import { consentOf } from '../../store/host';
import type { Back, NetworkRef } from '../../store/ui';
import { askable, keyOf, refOf } from './askable';
import classes from './isolation.module.css';
import { Part } from '../../components/Part';
import { useHost } from '../../context/host/use-host';

interface ChooserProps {
  chosen: ReadonlySet<string>;
  disabled: boolean;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** The networks of a segment on which somebody can be asked. */
function useAskableOf(): (view: SegmentView) => string[] {
  const snapshot = useInventory((state) => state.snapshot);
  return ({ members }) =>
    askable(snapshot)
      .filter(({ engineId, id }) =>
        members.some((each) => each.engineId === engineId && each.networkId === id),
      )
      .filter((network) => probeContainer(network, snapshot))
      .map((network) => keyOf(refOf(network)));
}

/** Whole segments, each with the networks that it has on all hosts. */
function SegmentChips({ chosen, disabled, onChange }: ChooserProps) {
  const { t } = useTranslation('host');
  const { segments } = useSegmentScene();
  const keysOf = useAskableOf();
  if (segments.length === 0) return null;
  return (
    <Group gap="xs" mb="xs" role="group" aria-label={t('isolation.segments')}>
      {segments.map((view) => {
        const keys = keysOf(view);
        const all = keys.length > 0 && keys.every((key) => chosen.has(key));
        const rest = [...chosen].filter((key) => !keys.includes(key));
        return (
          <Chip
            key={view.segment.id}
            size="xs"
            checked={all}
            disabled={disabled || keys.length === 0}
            title={keys.length === 0 ? t('isolation.noContainer') : undefined}
            onChange={() => onChange(new Set(all ? rest : [...rest, ...keys]))}
            data-testid={`isolation-segment-${view.segment.name}`}
          >
            {view.segment.name}
          </Chip>
        );
      })}
    </Group>
  );
}

/** Which networks are held against each other; what each lacks is said beside it. */
export function Chooser({ chosen, disabled, onChange }: ChooserProps) {
  const { t } = useTranslation('host');
  const snapshot = useInventory((state) => state.snapshot);
  const host = useHost((state) => state);
  const lackOf = (consent: ToolboxConsent | null) => {
    if (consent === 'granted') return undefined;
    return t(consent === 'refused' ? 'isolation.toolboxRefused' : 'isolation.needsToolbox');
  };
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    onChange(next);
  };
  return (
    <Part title={t('isolation.choose')}>
      <SegmentChips chosen={chosen} disabled={disabled} onChange={onChange} />
      <div className={classes.networks}>
        {askable(snapshot).map((network) => {
          const key = keyOf(refOf(network));
          const engine = hostName(network.engineId, snapshot.engines);
          const lacks = !probeContainer(network, snapshot)
            ? t('isolation.noContainer')
            : lackOf(consentOf(host, network.engineId));
          return (
            <Checkbox
              key={key}
              label={t('isolation.network', { network: network.name, host: engine })}
              description={lacks}
              checked={chosen.has(key)}
              disabled={disabled}
              onChange={() => toggle(key)}
              data-testid={`isolation-network-${engine}-${network.name}`}
            />
          );
        })}
      </div>
    </Part>
  );
}

interface LackingProps {
  refs: readonly NetworkRef[];
  /** This dialog as it stands: one comes back to it. */
  back: Back;
}

/** The hosts among the chosen that may not be asked, each with the way to allow it: nobody asked yet, or the answer was no. */
export function Lacking({ refs, back }: LackingProps) {
  const { t } = useTranslation('host');
  const { stores } = useApp();
  const engines = useInventory((state) => state.snapshot.engines);
  const host = useHost((state) => state);
  if (host.toolbox === null) return null;
  const ids = [...new Set(refs.map((each) => each.engineId))];
  const those = (consent: ToolboxConsent) => ids.filter((id) => consentOf(host, id) === consent);
  const all = those('refused').length === ids.length;
  const row = (consent: 'unasked' | 'refused', text: string) => {
    if (those(consent).length === 0) return null;
    return (
      <Group gap="xs" data-testid={`isolation-${consent}`}>
        <Text size="xs" c="dimmed">
          {text}
        </Text>
        {those(consent).map((engineId) => (
          <Button
            key={engineId}
            size="compact-xs"
            variant="default"
            onClick={() => stores.ui.setState({ dialog: { kind: 'toolbox', engineId, back } })}
          >
            {t(consent === 'unasked' ? 'toolbox.title' : 'isolation.reconsider', {
              host: hostName(engineId, engines),
            })}
          </Button>
        ))}
      </Group>
    );
  };
  return (
    <div data-testid="isolation-lacking">
      {row('unasked', t('isolation.lacking'))}
      {row('refused', t(all ? 'isolation.refusedAll' : 'isolation.refused'))}
    </div>
  );
}
