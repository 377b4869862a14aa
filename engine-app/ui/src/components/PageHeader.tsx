import { Box, Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './PageHeader.module.css';

interface Props {
  title: ReactNode;
  /** Small things beside the title: a count, a state. */
  beside?: ReactNode;
  /** What can be done, at the right. */
  actions?: ReactNode;
  children?: ReactNode;
}

export function PageHeader({ title, beside, actions, children }: Props) {
  return (
    <header className={classes.header}>
      <Group justify="space-between" gap="sm" mih={32}>
        <Group gap="sm" wrap="nowrap" miw={0} data-guide="head">
          <Title order={1} className={classes.title}>
            {title}
          </Title>
          {beside && <div className={classes.beside}>{beside}</div>}
        </Group>
        <Group gap="xs" data-guide="actions">
          {actions}
        </Group>
      </Group>
      {children && <Box mt="xs">{children}</Box>}
    </header>
  );
}
