import type { Machine } from '../../model';

/** How clouds name their machines in DMI. Hyper-V at home says `Microsoft Corporation` too; only Azure has the tag. */
const clouds: readonly { name: string; is: (machine: Machine) => boolean }[] = [
  { name: 'Amazon EC2', is: ({ vendor, product }) => /amazon ec2/i.test(vendor) || /^ec2\b/i.test(product) },
  { name: 'Google Cloud', is: ({ product }) => /google compute engine/i.test(product) },
  { name: 'Microsoft Azure', is: ({ assetTag }) => assetTag === '7783-7084-3265-9085-8269-3286-77' },
  { name: 'Oracle Cloud', is: ({ assetTag }) => /^oraclecloud/i.test(assetTag) },
  { name: 'Alibaba Cloud', is: ({ vendor }) => /alibaba cloud/i.test(vendor) },
  { name: 'Tencent Cloud', is: ({ vendor }) => /tencent cloud/i.test(vendor) },
  { name: 'DigitalOcean', is: ({ vendor }) => /digitalocean/i.test(vendor) },
  // Dedicated servers of the same company bear their maker's name.
  { name: 'Hetzner Cloud', is: ({ vendor }) => /hetzner/i.test(vendor) },
  { name: 'Vultr', is: ({ vendor }) => /vultr/i.test(vendor) },
  { name: 'Scaleway', is: ({ vendor }) => /scaleway/i.test(vendor) },
  { name: 'Linode', is: ({ vendor }) => /linode|akamai/i.test(vendor) },
  { name: 'OpenStack', is: ({ product }) => /openstack/i.test(product) },
];

/** The cloud whose machine this is; undefined for machines of one's own. */
export const cloudOf = (machine: Machine): string | undefined => clouds.find(({ is }) => is(machine))?.name;
