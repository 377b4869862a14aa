import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Panels.module.css';

/** A part of what stands around a record. */
export function Panel({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={classes.panel} aria-label={title}>
      <Group justify="space-between" mb={4} mih={28}>
        <Title order={3}>{title}</Title>
        {action}
      </Group>
      {children}
    </section>
  );
}

/** Says that a panel is empty. */
export function Nothing({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}
