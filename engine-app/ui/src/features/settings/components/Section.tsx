import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A page of settings: what it is, one sentence on what it does, and the settings. */
export function Section({
  title,
  text,
  action,
  children,
}: {
  title: string;
  text: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Box component="section" aria-label={title}>
      <Group justify="space-between" align="start" mb="md">
        <div data-guide="head">
          <Title order={2}>{title}</Title>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </div>
        {action && <div data-guide="actions">{action}</div>}
      </Group>
      <div data-guide="content">{children}</div>
    </Box>
  );
}
