import { describe, expect, it } from 'vitest';
import { createI18n } from '../../i18n';
import { exceptionTexts } from './exceptions';
import { CONTAINER_GONE, LAN_UNASKED, LEFT_UNREAD, NETWORK_GONE } from '../../../shared/rules';
import { words } from '../../views/features';

/** Whatever engines say of networks and attachments in their pictures: comparing may name each of these. */
const attachment = [
  ...['attached', 'State.Paused', 'MacAddress', 'Config.MacAddress', 'GwPriority', 'Links[0]', 'Aliases[1]'],
  ...['IPAddress', 'IPPrefixLen', 'Gateway', 'GlobalIPv6Address', 'GlobalIPv6PrefixLen', 'IPv6Gateway'],
  ...['IPAMConfig.IPv4Address', 'IPAMConfig.IPv6Address', 'IPAMConfig.LinkLocalIPs[0]'],
  'DriverOpts.com.docker.network.endpoint.ifname',
  ...['Network.Driver', 'Network.Internal', 'Network.Parent', 'Network.mode', 'Network.Subnets[1]'],
];
const network = [
  ...['Name', 'Scope', 'Driver', 'EnableIPv4', 'EnableIPv6', 'Internal', 'Attachable', 'Ingress'],
  ...['ConfigOnly', 'ConfigFrom.Network', 'IPAM.Driver', 'IPAM.Options.x', 'IPAM.Config[0].Subnet'],
  ...['IPAM.Config[1].IPRange', 'IPAM.Config[0].Gateway', 'IPAM.Config[0].AuxiliaryAddresses.printer'],
  ...['Options.parent', 'Options.macvlan_mode', 'Options.ipvlan_mode', 'Options.com.docker.network.mtu'],
  ...['Labels.io.example[0]', 'libpod.dns_enabled', 'libpod.subnets[0].subnet'],
];
const tell = (language: 'en' | 'zh-CN', field: string, before = 'a', after = '') =>
  exceptionTexts(createI18n(language, words).getFixedT(null, 'change'), [
    { network: 'lan', container: 'web', field, before, after },
  ])[0] ?? '';

describe('what is not as it was', () => {
  it.each([...attachment, ...network])('has words for %s', (field) => {
    const english = tell('en', field);
    expect(english).toMatch(/^web on lan: .+ was .+, is (none|no)$/);
    expect(english).not.toMatch(/the engine’s field|undefined|log\.except/);
    const chinese = tell('zh-CN', field);
    expect(chinese).toMatch(/^web 在 lan 上：.+原为 .+，现为 (无|否)$/);
    expect(chinese).not.toMatch(/引擎字段|undefined|log\.except/);
  });

  it('says yes and no of what is so or not, and the pin apart from the address in use', () => {
    expect(tell('en', 'State.Paused', 'true')).toBe('web on lan: paused was yes, is no');
    expect(tell('zh-CN', 'State.Paused', 'true')).toBe('web 在 lan 上：已暂停原为 是，现为 否');
    expect(tell('en', 'IPAMConfig.IPv4Address')).not.toBe(tell('en', 'IPAddress'));
    expect(tell('en', 'Labels.site')).toContain('label “site”');
  });

  it('has words for what nobody could look at after the change', () => {
    expect(tell('en', LEFT_UNREAD)).toContain(
      'web on lan: nobody knows whether somebody else had changed it',
    );
    expect(tell('zh-CN', LEFT_UNREAD)).toContain('web 在 lan 上：更改之后的样子未能记录下来');
  });

  it('has words for what the LAN could not be asked', () => {
    expect(tell('en', LAN_UNASKED, '10.70.1.9')).toMatch(
      /^web on lan: nobody could ask the LAN .+ 10\.70\.1\.9$/,
    );
    expect(tell('zh-CN', LAN_UNASKED, '10.70.1.9')).toMatch(/^web 在 lan 上：未能询问.+ 10\.70\.1\.9$/);
  });

  it('says of what somebody else removed no more than that', () => {
    const gone = { before: '', after: '' };
    const all = (language: 'en' | 'zh-CN') =>
      exceptionTexts(createI18n(language, words).getFixedT(null, 'change'), [
        { ...gone, network: '', container: 'web', field: CONTAINER_GONE },
        { ...gone, network: 'lan', field: NETWORK_GONE },
        { ...gone, network: 'lan', container: 'web', field: NETWORK_GONE },
      ]);
    expect(all('en')).toEqual([
      'web is not there any more: somebody else removed it',
      'lan is not there any more: somebody else removed it',
      'web on lan: not put back, since somebody else removed the network',
    ]);
    expect(all('zh-CN')).toEqual([
      'web 已不存在：已被他人删除',
      'lan 已不存在：已被他人删除',
      'web 在 lan 上：未能接回，该网络已被他人删除',
    ]);
  });

  it('tells a field that it does not know as the engine’s', () => {
    expect(tell('en', 'IPAM.New[0]')).toBe('web on lan: the engine’s field “IPAM.New[0]” was a, is none');
    expect(tell('zh-CN', 'IPAM.New[0]')).toContain('引擎字段“IPAM.New[0]”');
  });
});
