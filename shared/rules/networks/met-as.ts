import { formatCidr, sameCidr, type Cidr } from '../basics/cidr';

/** The subnet that another meets, for the words of an overlap: told as the same where it is. */
export const metAs = (subnet: Cidr, other: Cidr): { context: 'same' } | { other: string } =>
  sameCidr(other, subnet) ? { context: 'same' } : { other: formatCidr(other) };
