import { Anchor, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuardStatus } from '../../../shared/model';
import { hostName } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { guardKey } from '../../context/guards';
import { guardNews, type News } from './news';

/** How long what was given back is told, and what waits for an answer, milliseconds. */
const shownFor = { given: 8_000, look: 20_000 } as const;

function Title({ what }: { what: News['what'] }) {
  const { t } = useTranslation('guard');
  return t(`news.${what}`);
}

function Message({ guard, what }: News) {
  const { t } = useTranslation('guard');
  const { stores } = useApp();
  const { engineId, containerName: name, current, state, attachments } = guard;
  const host = useInventory(({ snapshot }) => hostName(engineId, snapshot.engines));
  const addresses = attachments.flatMap(({ ipv4, ipv6 }) => ipv4 ?? ipv6 ?? []).join(', ');
  const show = () =>
    stores.ui.setState({ selection: current === null ? null : { kind: 'container', engineId, id: current } });
  return (
    <Text size="sm">
      {what === 'given'
        ? t('news.givenText', { name, host, addresses })
        : `${name} (${host}): ${t(`states.${state}`)}`}{' '}
      <Anchor component="button" type="button" size="sm" onClick={show}>
        {t('news.show')}
      </Anchor>
    </Text>
  );
}

const tell = (news: News): void => {
  const { guard, what } = news;
  notifications.show({
    id: `guard-${guardKey(guard)}-${String(Date.now())}`,
    autoClose: shownFor[what],
    color: what === 'given' ? 'green' : 'yellow',
    icon: what === 'given' ? <IconShieldCheck size={16} /> : <IconShieldExclamation size={16} />,
    title: <Title what={what} />,
    message: <Message guard={guard as GuardStatus} what={what} />,
  });
};

/** Tells by a toast when a guard has given something back, or needs an answer. It draws nothing where it stands. */
export function GuardNews() {
  const { stores } = useApp();
  useEffect(() => {
    const newsOf = guardNews();
    newsOf(stores.guards.getState().guards);
    return stores.guards.subscribe(({ guards }) => newsOf(guards).forEach(tell));
  }, [stores]);
  return null;
}
