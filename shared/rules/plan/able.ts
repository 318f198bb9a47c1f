import type { Engine, EndpointRequest, Notice } from '../../model';
import { notice } from '../../texts/messages';

type Asked = { [K in 'mac' | 'gatewayPriority']?: EndpointRequest[K] | undefined };

/** What of these an engine can be asked for when connecting; what it can't do is left out, and said. */
export function ableOf(
  { mac, gatewayPriority: priority }: Asked,
  { name: host, capabilities }: Engine,
): { endpoint: Pick<EndpointRequest, 'mac' | 'gatewayPriority'>; notices: Notice[] } {
  const endpoint: Pick<EndpointRequest, 'mac' | 'gatewayPriority'> = {};
  const notices: Notice[] = [];
  if (mac && capabilities.macOnConnect) endpoint.mac = mac.toLowerCase();
  // Before API 1.54 engines take the field and ignore it.
  else if (mac) notices.push(notice('mac_unsupported', { host, mac }));
  if (priority !== undefined && capabilities.gatewayPriority) endpoint.gatewayPriority = priority;
  else if (priority !== undefined) notices.push(notice('gateway_priority_unsupported', { host, priority }));
  return { endpoint, notices };
}
