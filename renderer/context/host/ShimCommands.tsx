import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Shim, Step } from '../../../shared/model';
import { removeShimCommands, shimCommands } from '../../../shared/rules';
import { CopyButton } from '../../components';
import classes from './ShimCommands.module.css';
import { NeedsToolbox } from './NeedsToolbox';
import { Part } from '../../components/Part';
import { useConsent, useToolbox } from './use-host';

/** What is run on a host, as one would type it; copied as a whole. */
function Commands({ host, lines }: { host: string; lines: readonly string[] }) {
  const { t } = useTranslation('host');
  const text = lines.join('\n');
  return (
    <Part title={t('shim.commands', { host })}>
      <div className={classes.copied}>
        <pre className={`tl-mono ${classes.commands ?? ''}`} data-testid="shim-commands">
          {text}
        </pre>
        <CopyButton value={text} />
      </div>
    </Part>
  );
}

/** What putting a shim runs on the host, and what follows from it. */
export function PutShimCommands({ host, shim }: { host: string; shim: Shim }) {
  const { t } = useTranslation('host');
  const { address, parent, routes } = shim;
  return (
    <div>
      <Commands host={host} lines={shimCommands(shim)} />
      <Text size="xs" c="dimmed" mt={4} data-testid="shim-arp">
        {t('shim.arp', { host, parent })} {t('shim.reached', { address })}
      </Text>
      {routes.length === 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('shim.noRoutes')}
        </Text>
      )}
    </div>
  );
}

interface RemovalProps {
  engineId: string;
  host: string;
  steps: readonly Step[];
}

/** What removing a shim runs on the host; where the toolbox may not run there, that comes first. */
export function RemoveShimCommands({ engineId, host, steps }: RemovalProps) {
  const { t } = useTranslation('host');
  useToolbox();
  const consent = useConsent(engineId);
  const shims = steps.flatMap((step) => (step.op === 'remove-shim' ? step.shim : []));
  return (
    <>
      {consent && consent !== 'granted' && <NeedsToolbox engineId={engineId} consent={consent} />}
      {shims.map((shim) => (
        <div key={shim.name}>
          <Commands host={host} lines={removeShimCommands(shim)} />
          <Text size="xs" c="dimmed" mt={4}>
            {shim.address && `${t('shim.unreached', { host, address: shim.address })} `}
            {t('shim.arpBack')}
          </Text>
        </div>
      ))}
    </>
  );
}
