import type { AddressUse, ReservedRange } from '../../../model';
import { source } from '../export/testing';
import type { ImportLan } from './kinds';

/** Texts as other programs write them, and the LAN of two hosts that they are read for. */

/** NetBox, IP addresses, “current view”. */
export const netboxAddresses = [
  'IP Address,VRF,Status,Role,Tenant,Assigned,DNS Name,Description',
  '10.70.1.1/24,,Active,VIP,,True,gw.home.arpa,Router',
  '10.70.1.60/24,,Active,,,False,printer.home.arpa,"HP LaserJet, 2nd floor"',
  '10.70.1.61/24,,Reserved,,,False,,"Spare for the ""lab"""',
  '10.70.1.62/24,,DHCP,,,False,,',
  '10.70.1.63/24,,Deprecated,,,False,old-nas.home.arpa,',
  'fd00:70::60/64,,SLAAC,,,False,printer.home.arpa,',
  '192.168.9.4/24,,Active,,,False,camera,',
  '',
].join('\n');

/** NetBox, IP ranges, “all data”. */
export const netboxRanges = [
  'ID,Start address,End address,Size,VRF,Status,Role,Tenant,Description,Utilization',
  '7,10.70.1.20/24,10.70.1.29/24,10,,Reserved,,,Cameras,0.0',
  '8,10.70.1.90/24,10.70.1.80/24,10,,Active,,,Upside down,0.0',
].join('\r\n');

/** NetBox, prefixes. */
export const netboxPrefixes = [
  'Prefix,Status,Children,VRF,Utilization,Tenant,Site,VLAN,Role,Description',
  '10.70.0.0/16,Container,2,,12%,,,,,All of it',
  '10.70.1.0/24,Active,1,,30%,,Attic,,,LAN',
  '10.70.1.64/28,Reserved,0,,0%,,Attic,,,Heating',
].join('\n');

/** phpIPAM, export of a subnet, which has titles above its header; saved by a spreadsheet of a country with decimal commas. */
export const phpipamSubnet = [
  'Home LAN;;;;;;',
  '10.70.1.0/24;;;;;;',
  ';;;;;;',
  'ip address;ip state;description;hostname;mac;owner;note',
  '10.70.1.60;Used;HP LaserJet;printer;02:00:00:00:00:09;Ann;"two',
  'lines"',
  '10.70.1.70;DHCP;;;;;',
].join('\r\n');

/** phpIPAM, export of all IP addresses. */
export const phpipamAll = [
  'Section\tIP Address\tHostname\tDescription\tVRF\tSubnet\tMAC\tOwner\tDevice\tNote\tTag\tGateway',
  'Customers\t10.70.1.1\tgw\tRouter\tdefault\t10.70.1.0/24\t\t\t\t\tUsed\tYes',
  'Customers\t10.70.1.71\tscale\t\tdefault\t10.70.1.0/24\t\t\t\t\tOffline\tNo',
].join('\n');

export const lan = (used: AddressUse[] = [], over: Partial<ImportLan> = {}): ImportLan => ({
  ...source(used),
  segment: 'office',
  subnets: ['10.70.1.0/24', 'fd00:70::/64'],
  reserved: [],
  automatic: [{ engineId: 'e1', range: '10.70.1.128/26', except: ['10.70.1.130'] }],
  ...over,
});

export const reserved = (
  from: string,
  to = from,
  note?: string,
  kind: ReservedRange['kind'] = 'reserved',
) => ({
  ...{ from, to, kind },
  ...(note !== undefined && { note }),
});
