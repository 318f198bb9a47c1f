import { expect, it } from 'vitest';
import type { Step } from '../../model';
import { stepLine } from './step-words';

const web = { containerId: 'w', containerName: 'web' };
const lan = { networkId: 'n', networkName: 'lan' };
const shim = { name: 'tl-n', address: '10.70.1.3', parent: 'eth0', routes: ['10.70.1.128/26'] };
const helper = { name: 'tl-dhcp-web', mac: '02:42:0a:46:01:3c', hostName: 'web', subnets: [], revision: 1 };

it.each([
  [{ op: 'connect', ...web, ...lan, endpoint: {} }, 'Connect web to lan'],
  [
    { op: 'connect', ...web, ...lan, endpoint: { ipv4: '10.70.1.60', ipv6: 'fd70::60' } },
    'Connect web to lan with 10.70.1.60, fd70::60',
  ],
  [{ op: 'disconnect', ...web, ...lan }, 'Disconnect web from lan'],
  [{ op: 'disconnect', ...web, ...lan, leftover: true }, 'Clear what a failed attach left of web on lan'],
  [{ op: 'stop', ...web }, 'Stop web'],
  [{ op: 'start', ...web }, 'Start web'],
  [{ op: 'create-network', ...lan, spec: { parent: 'eth0.20' } }, 'Create lan on eth0.20'],
  [{ op: 'restore-network', ...lan }, 'Make lan again as it was'],
  [{ op: 'remove-network', ...lan }, 'Remove lan'],
  [{ op: 'put-shim', ...lan, shim }, 'Put the link tl-n with 10.70.1.3 on eth0'],
  [{ op: 'remove-shim', ...lan, shim }, 'Remove the link tl-n with 10.70.1.3'],
  [
    { op: 'remove-shim', ...lan, shim: { ...shim, address: '' } },
    'Remove the link tl-n, which has no address',
  ],
  [
    { op: 'put-dhcp', ...web, ...lan, dhcp: helper },
    'Put the helper tl-dhcp-web beside web, which asks the LAN’s DHCP server with the MAC 02:42:0a:46:01:3c and the name web',
  ],
  [
    { op: 'remove-dhcp', ...web, ...lan, dhcp: helper },
    'Give the lease back, remove the helper tl-dhcp-web, and give web the engine’s address again',
  ],
])('says $op with all its values', (step, line) => {
  expect(stepLine(step as Step)).toBe(line);
});
