import type { EngineColour } from '../../shared/model';
import { engineColour } from '../theme/engine-colours';
import classes from './HostDot.module.css';

/** The admin's colour of a host, beside its name; nothing where none was given. */
export const HostDot = ({ colour }: { colour: EngineColour | undefined }) =>
  colour ? <i className={classes.dot} style={{ background: engineColour(colour) }} aria-hidden /> : null;
