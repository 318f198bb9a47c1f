import { Text } from '@mantine/core';
import { IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../shared/model';
import { capabilityNames, capabilityTable } from '../../../shared/rules';
import classes from './CapabilityTable.module.css';

const products = { docker: 'Docker', podman: 'Podman', unknown: '' } as const;

/** What Podman's Docker-compatible API does otherwise, whatever version it says that it has. */
const podmanLimits = ['addresses', 'traffic', 'overlap'] as const;

function PodmanLimits() {
  const { t } = useTranslation('inspector');
  return (
    <>
      <p className={classes.lead}>{t('capabilities.podman.title')}</p>
      <ul className={classes.list} data-testid="podman-limits">
        {podmanLimits.map((limit) => (
          <li key={limit} className={classes.limit}>
            <IconInfoCircle size={14} stroke={1.8} aria-hidden />
            <span>{t(`capabilities.podman.${limit}`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What this engine can and can't do, why that matters, and since which API engines can. */
export function CapabilityTable({ engine }: { engine: Engine }) {
  const { t } = useTranslation('inspector');
  if (!engine.apiVersion) return <Text c="dimmed">{t('capabilities.unknown')}</Text>;
  const asked = engine.product === 'podman' ? 'capabilities.askedPodman' : 'capabilities.asked';
  const what = `${products[engine.product]} ${engine.version}`.trim();
  return (
    <>
      <p className={classes.lead}>{t(asked, { engine: what, api: engine.apiVersion })}</p>
      <table className={classes.table} data-testid="capabilities">
        <thead className={classes.hidden}>
          <tr>
            <th scope="col">{t('capabilities.can')}</th>
            <th scope="col">{t('capabilities.what')}</th>
            <th scope="col">{t('capabilities.since')}</th>
          </tr>
        </thead>
        <tbody>
          {capabilityNames.map((name) => {
            const can = engine.capabilities[name];
            const { api, docker } = capabilityTable[name];
            return (
              <tr key={name} data-can={can}>
                <td className={classes.mark}>
                  {can ? (
                    <IconCheck size={14} stroke={2} aria-label={t('capabilities.can')} />
                  ) : (
                    <IconX size={14} stroke={2} aria-label={t('capabilities.cannot')} />
                  )}
                </td>
                <th scope="row" className={classes.what}>
                  {t(`capabilities.${name}`)}
                  <span className={classes.why}>{t(`capabilities.${name}${can ? 'Why' : 'Not'}`)}</span>
                </th>
                <td
                  className={classes.since}
                  title={engine.product === 'podman' ? undefined : t('capabilities.sinceDocker', { docker })}
                >
                  {/* Podman says one version of Docker's API, whatever it can do. */}
                  {engine.product === 'podman' ? null : t('capabilities.api', { api })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {engine.product === 'podman' && <PodmanLimits />}
    </>
  );
}
