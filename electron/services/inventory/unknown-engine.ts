import type { Engine } from '../../../shared/model';
import { capabilitiesOf } from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import { addressName } from './view';

/** What is known of an engine before it has answered for the first time. */
export const unknownEngine = (client: EngineClient, demo: boolean, since: number): Engine => ({
  id: client.engineId,
  name: addressName(client.endpoint),
  hostName: '',
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
