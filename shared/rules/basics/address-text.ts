/** The addresses of both families in one text; empty when there is none. */
export const addressText = ({
  ipv4,
  ipv6,
}: {
  ipv4?: string | undefined;
  ipv6?: string | undefined;
}): string => [ipv4, ipv6].filter(Boolean).join(', ');
