import { Anchor, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { hostName, guardKey } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
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

/** Names of so many are told, and how many more there are. */
const mostNames = 4;

function Several({ what, all }: { what: News['what']; all: readonly News[] }) {
  const { t } = useTranslation('guard');
  const names = all.slice(0, mostNames).map(({ guard }) => guard.containerName);
  const more = all.length - names.length;
  const list = names.join(', ') + (more > 0 ? ` ${t('news.more', { number: more })}` : '');
  return <Text size="sm">{t(`news.${what}Several`, { number: all.length, names: list })}</Text>;
}

/** One toast for all that is told at once: each would keep what comes after it waiting. */
function tell(what: News['what'], all: readonly News[]): void {
  const [one, ...more] = all;
  if (!one) return;
  notifications.show({
    id: `guard-${guardKey(one.guard)}-${String(Date.now())}`,
    autoClose: shownFor[what],
    color: what === 'given' ? 'green' : 'yellow',
    icon: what === 'given' ? <IconShieldCheck size={16} /> : <IconShieldExclamation size={16} />,
    title: <Title what={what} />,
    message: more.length > 0 ? <Several what={what} all={all} /> : <Message {...one} />,
  });
}

/** Tells by a toast when a guard has given something back, or needs an answer. It draws nothing where it stands. */
export function GuardNews() {
  const { stores } = useApp();
  useEffect(() => {
    const newsOf = guardNews();
    newsOf(stores.guards.getState().guards);
    return stores.guards.subscribe(({ guards }) => {
      const news = newsOf(guards);
      for (const what of ['given', 'look'] as const)
        tell(
          what,
          news.filter((one) => one.what === what),
        );
    });
  }, [stores]);
  return null;
}
