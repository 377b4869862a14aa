import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageHeader } from './PageHeader';

interface Props {
  title: ReactNode;
  beside?: ReactNode;
  actions?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
}

/** A page of ordinary height: a header and what is under it. */
export function Page({ title, beside, actions, tools, children }: Props) {
  return (
    <Box component="main" w="100%" maw={1280} pb="xl">
      <PageHeader title={title} beside={beside} actions={actions}>
        {tools}
      </PageHeader>
      <Box px="md" data-guide="content">
        {children}
      </Box>
    </Box>
  );
}
