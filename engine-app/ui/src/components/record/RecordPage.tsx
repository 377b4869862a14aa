import { Box, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageHeader } from '@/components/PageHeader';
import classes from './RecordPage.module.css';

interface Props {
  title: ReactNode;
  beside?: ReactNode;
  actions?: ReactNode;
  /** Something about the whole record, under its title. */
  notice?: ReactNode;
  /** Each part is a column on a wide screen and a tab on a phone. */
  parts: { key: string; label: string; content: ReactNode }[];
  tab: string | undefined;
  onTab: (tab: string) => void;
}

/** What the guide calls the columns. */
const GUIDED = ['facts', 'events', 'belongings'];

/** Key facts left, what happened in the middle, what belongs to it right. */
export function RecordPage({ title, beside, actions, notice, parts, tab, onTab }: Props) {
  const current = parts.some((part) => part.key === tab) ? tab : parts[1]?.key;
  return (
    <main className={classes.page}>
      <PageHeader title={title} beside={beside} actions={actions}>
        {notice}
        <Box hiddenFrom="sm" mt={notice ? 'xs' : undefined}>
          <SegmentedControl
            fullWidth
            value={current ?? ''}
            onChange={onTab}
            data={parts.map((part) => ({ value: part.key, label: part.label }))}
          />
        </Box>
      </PageHeader>
      <div className={classes.columns} data-columns={parts.length}>
        {parts.map((part, index) => (
          <section
            key={part.key}
            className={classes.column}
            aria-label={part.label}
            data-guide={GUIDED[index]}
            data-part={part.key}
            data-current={part.key === current || undefined}
          >
            {part.content}
          </section>
        ))}
      </div>
    </main>
  );
}
