import { Box, Center, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useBrand } from '../api/brand';
import classes from './DoorFrame.module.css';

/** The frame of the pages in front of the door: whose it is, one sheet, and something under it. */
export function DoorFrame({ children, below }: { children: ReactNode; below?: ReactNode }) {
  const brand = useBrand();
  const name = brand.data?.name || 'Leadloom';
  const logo = brand.data?.logo;
  return (
    <Center mih="100dvh" p="md" component="main">
      <Box w="100%" maw={360}>
        {/* Keeps its place until it is known whose it is. */}
        <div className={classes.head} data-own={Boolean(logo) || undefined}>
          {!brand.isPending && (
            <>
              <img src={logo ?? '/icon.svg'} alt="" className={classes.logo} />
              <Title order={1} className={classes.name}>
                {name}
              </Title>
            </>
          )}
        </div>
        <Paper withBorder p="lg" bg="var(--ll-surface)">
          {children}
        </Paper>
        {below}
      </Box>
    </Center>
  );
}
