import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Back } from '../../store/ui';
import type { RecoverAction } from '../../../shared/model';
import { Changing } from '../../context/Changing';
import { useApp } from '../../context/context';
import type { Interrupted, InterruptedHost } from './use-interrupted';
import { stepText } from '../../context/change/words';

/** How far it came; of one that was being undone, how much of it is taken back. */
function useKnown() {
  const { t } = useTranslation('change');
  return ({ done, steps, recovery: { doubtful } }: InterruptedHost, undoing: boolean): string => {
    const count = steps.length;
    const unknown = doubtful ? steps[done] : undefined;
    const back = count - done - (unknown ? 1 : 0);
    const far = { done: undoing ? back : done, count };
    if (!unknown) return t(undoing ? 'recover.undone' : 'recover.done', far);
    const words = { ...far, step: stepText(t, unknown) };
    return t(undoing ? 'recover.undoneAtLeast' : 'recover.doneAtLeast', words);
  };
}

function HostStanding({ host, undoing, named }: { host: InterruptedHost; undoing: boolean; named: boolean }) {
  const { t } = useTranslation('change');
  const known = useKnown();
  const off = host.gone ? t('recover.gone') : '';
  const text = [known(host, undoing), off].filter(Boolean).join(' ');
  return <>{named ? t('recover.onHost', { host: host.name, text }) : text} </>;
}

/** How far a change that was cut off came, in words. */
export const Standing = ({ change }: { change: Interrupted }) =>
  change.hosts.map((host) => (
    <HostStanding key={host.name} host={host} undoing={change.undoing} named={change.hosts.length > 1} />
  ));

/** The likelier decision first: to go on with what was under way. */
const orderOf = (undoing: boolean): RecoverAction[] =>
  undoing ? ['roll-back', 'finish', 'keep'] : ['finish', 'roll-back', 'keep'];

/** What can become of it; each opens what would be done. */
export function RecoverButtons({ change, back }: { change: Interrupted; back?: Back }) {
  const { t } = useTranslation('change');
  const { stores } = useApp();
  const label = (action: RecoverAction) => {
    if (change.undoing && action === 'finish') return t('recover.actions.finishUndoing');
    if (change.undoing && action === 'roll-back') return t('recover.actions.rollBackUndoing');
    return t(`recover.actions.${action}`);
  };
  return (
    <Changing>
      <Group gap={6} wrap="wrap" ml="auto" flex="none">
        {orderOf(change.undoing).map((action, index) => (
          <Button
            key={action}
            size="compact-xs"
            variant={index === 0 ? 'filled' : 'default'}
            data-testid={`recover-${action}`}
            onClick={() =>
              stores.ui.setState({
                dialog: { kind: 'recover', id: change.id, action, ...(back ? { back } : {}) },
              })
            }
          >
            {label(action)}
          </Button>
        ))}
      </Group>
    </Changing>
  );
}
