import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Container, GuardedAttachment, Problem } from '../../../shared/model';
import {
  attachmentsToKeep,
  lanOf,
  contains,
  identityOf,
  parseIp,
  pinsOf,
  sinceV28,
} from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import type { DialogProps } from '../../context/feature';
import { ProblemNote } from '../../components';
import { Part } from '../../components/Part';
import { DialogFooter } from '../../components/dialog/DialogFooter';
import { TaskDialog, useBusy } from '../../components/dialog/TaskDialog';
import { findContainer, findEngine } from '../../store/inventory';
import { Attachments, KnownAs } from './GuardParts';
import classes from './guard.module.css';

/** Whether an address is to be fixed first. */
function useIsAutomatic(container: Container): (attachment: GuardedAttachment) => boolean {
  const engine = useInventory(({ snapshot }) => findEngine(snapshot, container.engineId));
  return ({ networkName, ipv4, ipv6 }) => {
    const endpoint = container.endpoints.find((each) => each.networkName === networkName);
    if (!endpoint) return false;
    const pins = pinsOf(container, endpoint, null, engine);
    return pins.kind === 'automatic' || Boolean(ipv4 && !pins.ipv4) || Boolean(ipv6 && !pins.ipv6);
  };
}

/** Whether an engine of the LAN hands it out by itself. */
function useIsInRange(container: Container): (attachment: GuardedAttachment) => boolean {
  const inventory = useInventory(({ snapshot }) => snapshot);
  return ({ networkName, ipv4 }) => {
    const network = inventory.networks.find(
      (one) => one.engineId === container.engineId && one.name === networkName,
    );
    const ip = ipv4 ? parseIp(ipv4) : null;
    if (!network || !ip) return false;
    return lanOf(network, inventory).ranges.some(({ cidr }) => contains(cidr, ip));
  };
}

function Body({ container, onClose }: { container: Container; onClose: () => void }) {
  const { t } = useTranslation('guard');
  const { api, stores } = useApp();
  const snapshot = useInventory((state) => state.snapshot);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useBusy(busy);
  const { engineId, id: containerId, name } = container;
  const engine = findEngine(snapshot, engineId);
  const attachments = attachmentsToKeep(container, snapshot);
  const isAutomatic = useIsAutomatic(container);
  const renames = engine !== undefined && !engine.capabilities.interfaceName;
  const isInRange = useIsInRange(container);
  const drawsMac = engine !== undefined && sinceV28(engine) && !engine.capabilities.macOnConnect;
  const guard = async () => {
    setBusy(true);
    setProblem(null);
    const result = await api.invoke('guard.set', { engineId, containerId });
    setBusy(false);
    if (!result.ok) return setProblem(result.error);
    stores.guards.setState({ guards: result.value });
    onClose();
  };
  if (attachments.length === 0) return <Text>{t('dialog.nothing', { name })}</Text>;
  return (
    <form
      data-testid="guard-dialog"
      onSubmit={(event) => {
        event.preventDefault();
        void guard();
      }}
    >
      <Stack gap="sm">
        <Text>{t('hint')}</Text>
        <Part title={t('dialog.keeps')}>
          <Attachments attachments={attachments}>
            {(each) => (
              <>
                {isAutomatic(each) && (
                  <Text size="xs" c="var(--tl-warn)">
                    {t('dialog.fixes', { name, network: each.networkName })}
                  </Text>
                )}
                {isInRange(each) && (
                  <Text size="xs" c="var(--tl-warn)">
                    {t('dialog.range')}
                  </Text>
                )}
              </>
            )}
          </Attachments>
          <KnownAs identity={identityOf(container)} />
        </Part>
        <div className={classes.quiet}>
          <p>{t('dialog.when')}</p>
          {renames && <p>{t('dialog.interfaces', { host: engine.name })}</p>}
          {drawsMac && <p>{t('dialog.mac', { host: engine.name })}</p>}
          <p>{t('dialog.running')}</p>
        </div>
        {problem && <ProblemNote problem={problem} />}
        <DialogFooter label={t('dialog.apply')} pending={false} blocked={busy} autoFocus />
      </Stack>
    </form>
  );
}

/** What of a container comes back whoever makes it anew, before it is guarded. */
export function GuardDialog({ engineId, containerId, onClose }: DialogProps<'guard'>) {
  const { t } = useTranslation('guard');
  const container = useInventory(({ snapshot }) => findContainer(snapshot, engineId, containerId));
  return (
    <TaskDialog onClose={onClose} size={520} title={t('dialog.title', { name: container?.name ?? '' })}>
      {container && <Body container={container} onClose={onClose} />}
    </TaskDialog>
  );
}
