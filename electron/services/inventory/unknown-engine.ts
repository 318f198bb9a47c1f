import type { Engine } from '../../../shared/model';
import { capabilitiesOf, nameOfHost } from '../../../shared/rules';
import type { EngineClient } from '../../docker';

/**
 * What is known of an engine before it has answered for the first time.
 *
 * @param hostName what it called itself when it answered at this address last; empty where that is not known
 */
export const unknownEngine = (client: EngineClient, demo: boolean, since: number, hostName = ''): Engine => ({
  id: client.engineId,
  name: nameOfHost({ hostName, endpoint: client.endpoint }),
  hostName,
  position: 0,
  endpoint: client.endpoint,
  demo,
  state: 'connecting',
  since,
  product: 'unknown',
  version: '',
  apiVersion: '',
  os: '',
  kernel: '',
  architecture: '',
  cpus: 0,
  memory: 0,
  rootless: false,
  desktopVm: false,
  swarm: 'inactive',
  cgroupVersion: '',
  capabilities: capabilitiesOf(''),
});
