import { Anchor, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useJoinNames } from '../../i18n';
import type { AddressPlan, AddressUse, Network } from '../../../shared/model';
import { heldCount, hostName, isDefaultBridge, parseIp } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { useAddressPlan } from '../../context/use-address-plan';
import { Facts, NoticeList, ProblemNote, Section, SlowLoader } from '../../components';
import classes from './AddressPlanSection.module.css';

interface Holder extends AddressUse {
  /** The same gateway or exclusion stands in the networks of several hosts. */
  engineIds: string[];
}

const keyOf = ({ address, to = '', kind, owner }: AddressUse): string => `${address} ${to} ${kind} ${owner}`;

/** Ranges of a segment are on the LAN, and no host's in particular. */
const isRange = ({ kind }: AddressUse): boolean => kind === 'reserved' || kind === 'dhcp';

const grouped = (used: readonly AddressUse[]): Holder[] => {
  const groups = new Map<string, Holder>();
  for (const use of used) {
    const key = keyOf(use);
    const known = groups.get(key);
    if (known) known.engineIds.push(use.engineId);
    else groups.set(key, { ...use, engineIds: [use.engineId] });
  }
  return [...groups.values()].sort(byAddress);
};

const byAddress = (a: AddressUse, b: AddressUse): number => {
  const left = parseIp(a.address)?.value ?? 0n;
  const right = parseIp(b.address)?.value ?? 0n;
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The next address of each family that has one; one line too where none has. */
const nextFree = ({ suggestion, suggestion6 }: AddressPlan) => [
  ...(suggestion || !suggestion6 ? [{ label: 'next' as const, address: suggestion }] : []),
  ...(suggestion6 ? [{ label: 'next6' as const, address: suggestion6 }] : []),
];

function Used({ used }: { used: readonly AddressUse[] }) {
  const join = useJoinNames();
  const { t } = useTranslation('inspector');
  const engines = useInventory((state) => state.snapshot.engines);
  const sorted = useMemo(() => grouped(used), [used]);
  return (
    <ul className={classes.used} tabIndex={0} aria-label={t('plan.used')}>
      {sorted.map((use) => (
        <li key={keyOf(use)} data-kind={use.kind}>
          <span className="tl-mono">
            {use.address}
            {use.to && (
              <>
                {' – '}
                <wbr />
                {use.to}
              </>
            )}
          </span>
          <span className="tl-ellipsis">
            {use.owner}{' '}
            {!isRange(use) && (
              <span className={classes.quiet}>{join(use.engineIds.map((id) => hostName(id, engines)))}</span>
            )}
          </span>
          <span className={classes.kind}>{t(`plan.kind.${use.kind}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Who holds what in the subnets, over all hosts that share them, and what is free next. */
export function AddressPlanSection({ network }: { network: Network }) {
  const { t } = useTranslation('inspector');
  const { value: plan, problem } = useAddressPlan({ engineId: network.engineId, networkId: network.id });
  const { stores } = useApp();
  const engines = useInventory((state) => state.snapshot.engines);
  if (network.subnets.length === 0)
    return (
      <Section title={t('sections.plan')}>
        <Text c="dimmed">{t('plan.noSubnet')}</Text>
      </Section>
    );
  const nameOf = (id: string) => hostName(id, engines);
  return (
    <Section
      title={t('sections.plan')}
      aside={
        plan && (
          <Text size="xs" c="dimmed">
            {t('plan.usedCount', { count: Number(heldCount(plan.used)) })}
          </Text>
        )
      }
    >
      {problem && <ProblemNote problem={problem} />}
      {!plan && !problem && <SlowLoader />}
      {plan && (
        <>
          <Facts
            facts={[
              ...nextFree(plan).map(({ label, address }) => ({
                label: t(`plan.${label}`),
                value: address ?? t(isDefaultBridge(network) ? 'plan.noneFixed' : 'plan.full'),
                mono: address !== undefined,
                copy: address,
              })),
              { label: t('plan.gateway'), value: [...new Set(plan.gateways)].join(', '), mono: true },
              {
                label: t('plan.ranges'),
                value: plan.ranges.length > 0 && (
                  <span className={classes.ranges}>
                    {plan.ranges.map((each) => (
                      <span key={`${each.engineId} ${each.networkId}`}>
                        <span className="tl-mono">{each.range}</span>{' '}
                        <span className={classes.quiet}>{nameOf(each.engineId)}</span>
                      </span>
                    ))}
                  </span>
                ),
              },
            ].map((fact) => (fact.value === false ? { ...fact, value: undefined } : fact))}
          />
          {plan.notices.length > 0 && <NoticeList notices={plan.notices} />}
          <Anchor
            component="button"
            type="button"
            size="xs"
            onClick={() =>
              stores.ui.setState({
                dialog: { kind: 'addresses', engineId: network.engineId, networkId: network.id },
              })
            }
            data-testid="open-addresses"
          >
            {t('plan.all')}
          </Anchor>
          <Used used={plan.used} />
        </>
      )}
    </Section>
  );
}
