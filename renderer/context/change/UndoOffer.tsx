import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toastsInReach } from '../../store/ui';
import { useUi } from '../context';
import { useAsk } from '../use-answer';
import { usePushCount } from '../use-push-count';

/** As many of the newest changes are looked at as can come about while a toast is there. */
const newest = 8;

/** Takes a change back that was just made; gone as soon as a later change is one that it can't be taken back after. */
export function UndoOffer({ id, onUndo }: { id: string; onUndo: () => void }) {
  const { t } = useTranslation();
  const [barred, setBarred] = useState(false);
  const round = usePushCount('change.recorded');
  // Nothing can have come after it before something is recorded.
  useAsk(
    'change.list',
    round > 0 ? { limit: newest, undo: true } : null,
    (result) => {
      const own = result.ok ? result.value.find((each) => each.id === id) : undefined;
      if (own) setBarred(!own.undoable || own.undoProblem !== undefined);
    },
    { round },
  );
  const inReach = useUi(toastsInReach);
  // Under a dialog it could be seen and not pressed.
  if (barred || !inReach) return null;
  return (
    <Button
      size="compact-xs"
      variant="light"
      flex="none"
      leftSection={<IconArrowBackUp size={13} />}
      onClick={onUndo}
      data-testid="undo"
    >
      {t('actions.undo')}
    </Button>
  );
}
