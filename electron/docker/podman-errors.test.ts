import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/model';
import { englishProblems } from '../../shared/rules';
import { problemFromText } from './error-patterns';
import { podmanErrors } from './podman-errors';

/** As Podman 4.3.1 answered. */
const wordings: readonly [text: string, code: ErrorCode, sentence: string][] = [
  ['parent interface nope0 does not exist', 'parent_missing', 'parent_missing_podman'],
  ['network name lan already used: network already exists', 'name_taken', 'name_taken_podman'],
  ['default network podman cannot be removed', 'network_predefined', 'network_predefined'],
  [
    '"lan" has associated containers with it. Use -f to forcibly delete containers and pods: network is being used',
    'network_in_use',
    'network_in_use_podman',
  ],
  ['unsupported driver ipvlan: invalid argument', 'engine_unsupported', 'engine_unsupported_podman_driver'],
  [
    'unable to find network with name or ID nope: network not found',
    'network_not_found',
    'network_not_found_podman',
  ],
  ['network not found', 'network_not_found', 'network_not_found_podman_nameless'],
  ['unknown macvlan mode "bogus"', 'mode_invalid', 'mode_invalid'],
  ['gateway 10.181.0.1 not in subnet 10.180.0.0/24', 'gateway_outside_subnet', 'gateway_outside_subnet'],
  ['failed to parse gateway ip nonsense', 'address_invalid', 'address_invalid'],
  [
    'lease range start ip 10.181.0.1 not in subnet 10.180.0.0/24',
    'range_outside_subnet',
    'range_outside_subnet_podman',
  ],
  ['failed to parse subnet: invalid CIDR address: 300.180.0.0/24', 'subnet_invalid', 'subnet_invalid'],
  [
    'macvlan driver needs at least one subnet specified, DHCP is not yet supported with netavark',
    'network_without_ipam',
    'network_without_ipam_podman',
  ],
  [
    'cannot create network with name "bridge" because it conflicts with a valid network mode',
    'network_predefined',
    'network_predefined_name',
  ],
  [
    'container 42f0628302b4 is already connected to network "lan": network is already connected',
    'already_connected',
    'already_connected_podman',
  ],
  [
    'IPAM error: requested ip address 10.180.0.60 is already allocated to container ID 74e81424423015c0',
    'address_in_use',
    'address_in_use_podman',
  ],
  [
    'IPAM error: failed to find free IP in range: 10.180.0.1 - 10.180.0.2',
    'subnet_full',
    'subnet_full_podman',
  ],
  ['failed to parse the ipv4 address "nonsense"', 'address_invalid', 'address_invalid'],
  [
    'requested static ip 10.99.0.5 not in any subnet on network lan',
    'address_outside_subnet',
    'address_outside_subnet_podman',
  ],
  ['"" is not supported: invalid network mode', 'engine_unsupported', 'engine_unsupported_podman_none'],
  [
    'no container with name or ID "nope" found: no such container',
    'container_not_found',
    'container_not_found_podman',
  ],
];

describe('what Podman says', () => {
  it.each(wordings)('%s', (text, code, sentence) => {
    const found = problemFromText(text);
    expect(found?.code).toBe(code);
    const context = found?.params?.context;
    expect(context === undefined ? code : `${code}_${context}`).toBe(sentence);
    // Only a sentence whose values are all there is shown in the language of the window.
    const wanted = [...(englishProblems[sentence] ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((each) => each[1]);
    expect(Object.keys(found?.params ?? {})).toEqual(expect.arrayContaining(wanted));
  });

  it('is known by a wording each', () => {
    for (const { match } of podmanErrors)
      expect(
        wordings.filter(([text]) => match.test(text)),
        String(match),
      ).not.toEqual([]);
  });
});
