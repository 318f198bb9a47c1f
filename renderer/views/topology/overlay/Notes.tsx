import { useInventory, useUi } from '../../../context/context';
import type { Graph } from '../../../graph';
import { useWords } from '../words';
import classes from '../topology.module.css';

/** Why there is nothing to see, and what to do about it. */
export function Notes({ graph }: { graph: Graph }) {
  const words = useWords();
  const ready = useInventory((state) => state.phase !== 'loading');
  const any = useInventory((state) => state.snapshot.containers.length > 0);
  const filtered = useUi(({ filters }) => Object.values(filters).some((list) => list.length > 0));
  if (!ready) return null;
  if (graph.hosts.length === 0)
    return (
      <div className={classes.note}>
        <b>{words('empty.title')}</b>
        {words('empty.text')}
      </div>
    );
  if (!filtered || !any || graph.hosts.some((host) => host.containers > 0)) return null;
  return <div className={`${classes.note ?? ''} ${classes.filtered ?? ''}`}>{words('empty.filtered')}</div>;
}
