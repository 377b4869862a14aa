import { Box, Center, Group, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The frame of the pages in front of the door: the name, one sheet, and something under it. */
export function DoorFrame({ children, below }: { children: ReactNode; below?: ReactNode }) {
  return (
    <Center mih="100dvh" p="md" component="main">
      <Box w="100%" maw={360}>
        <Group gap="sm" mb="lg" justify="center">
          <img src="/icon.svg" alt="" width={32} height={32} />
          <Title order={1}>Leadloom</Title>
        </Group>
        <Paper withBorder p="lg" bg="var(--ll-surface)">
          {children}
        </Paper>
        {below}
      </Box>
    </Center>
  );
}
