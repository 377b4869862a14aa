import { Center, Stack, Text, Title } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

interface Props {
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  title: string;
  text?: string | undefined;
  children?: ReactNode;
}

/** What a page says when it has nothing to show, with the next thing to do. */
export function EmptyState({ icon: Icon, title, text, children }: Props) {
  return (
    <Center p="xl" flex={1}>
      <Stack align="center" gap="xs" maw={400} ta="center" data-guide="empty">
        <span style={{ color: 'var(--mantine-color-dimmed)' }} aria-hidden>
          <Icon size={32} stroke={1.4} />
        </span>
        <Title order={2}>{title}</Title>
        {text && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
        {children}
      </Stack>
    </Center>
  );
}
