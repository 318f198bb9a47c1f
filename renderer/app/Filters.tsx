import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconFilterOff, IconServer2, IconUsersGroup } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { containerStates, type Engine, type Segment } from '../../shared/model';
import { groupEngines, orderEngines, sortNatural } from '../../shared/rules';
import { EngineMark, HostDot, KindIcon, StateMark } from '../components';
import { hasFilters, kindsOf } from '../store/query';
import { noFilters, type Filters as FilterState } from '../store/ui';
import { useApp, useInventory, useSegments, useUi } from '../context/context';

interface Choice<T> {
  value: T;
  label: string;
  icon: React.ReactNode;
  after?: React.ReactNode;
}

interface FilterMenuProps<T> {
  name: 'host' | 'group' | 'driver' | 'state' | 'tenant';
  choices: readonly Choice<T>[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

/** One filter: nothing chosen lets everything through. Stays open, as several values are often wanted. */
function FilterMenu<T extends string>({ name, choices, chosen, onChange }: FilterMenuProps<T>) {
  const { t } = useTranslation();
  const toggle = (value: T) =>
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  const only = choices.find((choice) => choice.value === chosen[0]);
  const label = chosen.length === 1 && only ? only.label : chosen.length > 1 ? String(chosen.length) : '';
  return (
    <Menu closeOnItemClick={false} position="bottom-start">
      <Menu.Target>
        <Button
          variant={chosen.length > 0 ? 'light' : 'subtle'}
          color={chosen.length > 0 ? undefined : 'gray'}
          px="xs"
          rightSection={<IconChevronDown size={12} stroke={2} />}
          styles={{ section: { marginInlineStart: 4 } }}
          data-testid={`filter-${name}`}
        >
          {t(`filters.${name}`)}
          {label && `: ${label}`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.value}
            role="menuitemcheckbox"
            aria-checked={chosen.includes(choice.value)}
            leftSection={choice.icon}
            rightSection={chosen.includes(choice.value) ? <IconCheck size={14} stroke={2} /> : null}
            onClick={() => toggle(choice.value)}
          >
            {choice.label} {choice.after}
          </Menu.Item>
        ))}
        {chosen.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Item closeMenuOnClick onClick={() => onChange([])}>
              {t('filters.clear')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Nobody's segments can be chosen too, as long as somebody has some. */
function tenantsOf(plan: readonly Segment[]): string[] {
  const all = new Set(plan.map((segment) => segment.tenant ?? ''));
  return [...all].some(Boolean) ? [...all].sort(sortNatural) : [];
}

/** In the order of the picture; hosts without a group can be chosen too, as long as others have one. */
function groupsOf(engines: readonly Engine[]): string[] {
  const names = groupEngines(engines).map((group) => group.name);
  return names.some(Boolean) ? names : [];
}

/** Which hosts, groups, drivers, states and tenants the views show. */
export function Filters() {
  const { t } = useTranslation();
  const { stores } = useApp();
  const filters = useUi((state) => state.filters);
  const engines = useInventory((state) => state.snapshot.engines);
  const networks = useInventory((state) => state.snapshot.networks);
  const kinds = useMemo(() => kindsOf({ networks }), [networks]);
  const set = (patch: Partial<FilterState>) =>
    stores.ui.setState((state) => ({ filters: { ...state.filters, ...patch } }));
  const plan = useSegments((state) => state.plan);
  const tenants = useMemo(() => tenantsOf(plan ?? []), [plan]);
  const hosts = useMemo(() => orderEngines(engines), [engines]);
  const groups = useMemo(() => groupsOf(engines), [engines]);
  return (
    <div style={{ display: 'flex', alignItems: 'center' }}>
      <FilterMenu
        name="host"
        choices={hosts.map((engine) => ({
          value: engine.id,
          label: engine.name,
          icon: <EngineMark state={engine.state} />,
          after: <HostDot colour={engine.colour} />,
        }))}
        chosen={filters.engines}
        onChange={(engines) => set({ engines })}
      />
      {groups.length > 0 && (
        <FilterMenu
          name="group"
          choices={groups.map((group) => ({
            value: group,
            label: group || t('none'),
            icon: <IconServer2 size={14} stroke={1.6} />,
          }))}
          chosen={filters.groups}
          onChange={(chosen) => set({ groups: chosen })}
        />
      )}
      <FilterMenu
        name="driver"
        choices={kinds.map((kind) => ({
          value: kind,
          label: t(`kinds.${kind}`),
          icon: <KindIcon kind={kind} />,
        }))}
        chosen={filters.drivers}
        onChange={(drivers) => set({ drivers })}
      />
      <FilterMenu
        name="state"
        choices={containerStates.map((state) => ({
          value: state,
          label: t(`states.${state}`),
          icon: <StateMark state={state} />,
        }))}
        chosen={filters.states}
        onChange={(states) => set({ states })}
      />
      {tenants.length > 0 && (
        <FilterMenu
          name="tenant"
          choices={tenants.map((tenant) => ({
            value: tenant,
            label: tenant || t('none'),
            icon: <IconUsersGroup size={14} stroke={1.6} />,
          }))}
          chosen={filters.tenants}
          onChange={(chosen) => set({ tenants: chosen })}
        />
      )}
      {hasFilters(filters) && (
        <Button
          variant="subtle"
          color="gray"
          px="xs"
          leftSection={<IconFilterOff size={14} stroke={1.6} />}
          onClick={() => stores.ui.setState({ filters: noFilters })}
        >
          {t('filters.clearAll')}
        </Button>
      )}
    </div>
  );
}
