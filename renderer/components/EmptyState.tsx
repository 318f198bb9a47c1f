import { Code, Group, Stack, Text, Title } from '@mantine/core';
import { CopyButton } from './CopyButton';

interface Props {
  icon?: React.ReactNode;
  title: string;
  hint?: string | undefined;
  /** A command line that the hint speaks of, to be copied. */
  command?: string;
  children?: React.ReactNode;
}

/** Says what is missing and what to do about it. */
export function EmptyState({ icon, title, hint, command, children }: Props) {
  return (
    <Stack align="center" justify="center" gap="sm" p="xl" h="100%" mih={160} ta="center">
      {icon && (
        <Text c="dimmed" lh={0}>
          {icon}
        </Text>
      )}
      <Title order={3} fz="lg">
        {title}
      </Title>
      {hint && (
        <Text c="dimmed" maw={460}>
          {hint}
        </Text>
      )}
      {command && (
        <Group gap="xs" wrap="nowrap">
          <Code className="tl-mono" px="sm" py="xs">
            {command}
          </Code>
          <CopyButton value={command} />
        </Group>
      )}
      {children}
    </Stack>
  );
}
