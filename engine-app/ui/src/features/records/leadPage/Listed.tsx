import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordQuery, useRecordPages } from '@/api/listRecords';
import type { Entity, RecordData } from '@/api/records';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Nothing } from '../components/Panel';
import { useMessages } from './around';
import { MessageLine } from './Lines';
import classes from './Page.module.css';

const NO_MESSAGES = {
  leads: 'leadPage.noMessages',
  contacts: 'contactPage.noMessages',
  opportunities: 'contactPage.noMessagesOfDeal',
} as const;

interface Read<T> {
  error: Error | null;
  data: T | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
}

/** Pages of a list one below the other, with its states. */
function Pages<T>({
  label,
  read,
  lines,
  none,
}: {
  label: string;
  read: Read<T>;
  lines: (data: T) => ReactNode[];
  none: string;
}) {
  const { t } = useTranslation();
  if (read.data === undefined) {
    return read.error ? (
      <ProblemAlert error={read.error} onRetry={() => void read.refetch()} />
    ) : (
      <PageSkeleton rows={4} />
    );
  }
  const shown = lines(read.data);
  if (shown.length === 0) return <Nothing>{none}</Nothing>;
  return (
    <>
      <ul className={classes.rows} aria-label={label}>
        {shown}
      </ul>
      {read.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={read.isFetchingNextPage}
          onClick={() => void read.fetchNextPage()}
        >
          {t('record.older')}
        </Button>
      )}
    </>
  );
}

/** All records of a kind that a filter finds, newest first. */
export function Records({
  entity,
  label,
  query,
  line,
  none,
}: {
  entity: Entity;
  label: string;
  query: RecordQuery;
  line: (record: RecordData) => ReactNode;
  none: string;
}) {
  const read = useRecordPages(entity, { limit: 20, ...query });
  return (
    <Pages
      label={label}
      read={read}
      lines={(data) => data.pages.flatMap((page) => page.items.map(line))}
      none={none}
    />
  );
}

/** All messages that were sent to a lead or contact, or about an opportunity, with what became of them (LEAD-103, LEAD-124, LEAD-126). */
export function Messages({ entity, id }: { entity: 'leads' | 'contacts' | 'opportunities'; id: number }) {
  const { t } = useTranslation();
  const read = useMessages(entity, id);
  return (
    <Pages
      label={t('leadPage.tabs.messages')}
      read={read}
      lines={(data) =>
        data.pages.flatMap((page) =>
          page.items.map((message) => <MessageLine key={message.id} message={message} />),
        )
      }
      none={t(NO_MESSAGES[entity])}
    />
  );
}
