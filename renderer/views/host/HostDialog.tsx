import { Button, Group, Stack } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { hostNameOf, hostRemarks } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { Facts, NoticeList, ProblemNote, SlowLoader } from '../../components';
import { formatDateTime } from '../../format';
import { useLanguage } from '../../i18n';
import { findEngine } from '../../store/inventory';
import { ForeignList } from './ForeignList';
import { Part } from '../../components/Part';
import { NicTable } from './NicTable';
import { nicRows } from '../../components/nics/nics';
import { useConsent, useLook } from '../../context/host/use-host';
import { TaskDialog } from '../../components/dialog/TaskDialog';

/** Everything that a host has, in one table. */
export function HostDialog({ engineId, onClose }: { engineId: string; onClose: () => void }) {
  const { t } = useTranslation('host');
  const language = useLanguage();
  const engine = useInventory((state) => findEngine(state.snapshot, engineId));
  const granted = useConsent(engineId) === 'granted';
  const { look, again } = useLook(engineId, granted && engine?.state === 'online');
  const { facts, problem, looking } = look;
  const rows = useMemo(() => (facts && engine ? nicRows(facts, engine) : []), [facts, engine]);
  return (
    <TaskDialog
      onClose={onClose}
      size="calc(100vw - 96px)"
      title={t('facts.title', { host: hostNameOf(engine, engineId) })}
    >
      <Stack gap="md" data-testid="host-dialog">
        {problem && <ProblemNote problem={problem} />}
        {!facts && looking && <SlowLoader label={t('facts.reading')} />}
        {facts && engine && (
          <>
            <NoticeList notices={hostRemarks(facts, engine).map((each) => each.notice)} />
            <NicTable rows={rows} />
            <Group align="flex-start" grow gap="xl">
              <Facts
                facts={[
                  { label: t('facts.read'), value: formatDateTime(facts.at, language) },
                  {
                    label: t('facts.gateways'),
                    value: facts.gateways.map(({ nic, address }) => `${address} ${nic}`.trim()).join(', '),
                    mono: true,
                  },
                  {
                    label: t('facts.machine'),
                    value: [facts.machine.vendor, facts.machine.product].filter(Boolean).join(' '),
                  },
                ]}
              />
              <Part title={t('foreign.title')}>
                <ForeignList facts={facts} />
              </Part>
            </Group>
          </>
        )}
        <Group justify="flex-end">
          <Button
            variant="default"
            leftSection={<IconRefresh size={14} stroke={1.7} />}
            loading={looking}
            onClick={again}
          >
            {t('facts.refresh')}
          </Button>
        </Group>
      </Stack>
    </TaskDialog>
  );
}
