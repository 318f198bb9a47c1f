import { Anchor } from '@mantine/core';
import type { Container } from '../../../shared/model';
import { useApp } from '../../context/context';
import type { Selection } from '../../store/ui';

/** Goes to another thing in the inspector. `short`: on one line, whole on hover. */
export function Link({ to, short, children }: { to: Selection; short?: boolean; children: React.ReactNode }) {
  const { stores } = useApp();
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      ta="left"
      {...(short && typeof children === 'string' ? { className: 'tl-ellipsis', title: children } : {})}
      onClick={() => stores.ui.setState({ selection: to })}
    >
      {children}
    </Anchor>
  );
}

/** Goes to a container, by its name. */
export function ContainerLink({ container: { engineId, id, name } }: { container: Container }) {
  return <Link to={{ kind: 'container', engineId, id }}>{name}</Link>;
}
