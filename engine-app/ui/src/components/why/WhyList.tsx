import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWhy } from '@/api/getWhy';
import type { Entity } from '@/api/records';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatMoment } from '@/lib/format';
import { WhyAnswer } from './WhyAnswer';
import classes from './Why.module.css';

interface Props {
  entity: Entity;
  id: number;
  /** The only automation that is asked about. */
  automation?: number;
}

/** What each published automation did about a record, and what said no to those that did not start. */
export function WhyList({ entity, id, automation }: Props) {
  const { t } = useTranslation();
  const why = useWhy(entity, id, automation);
  if (why.error) return <ProblemAlert error={why.error} onRetry={() => void why.refetch()} />;
  if (why.isPending) return <PageSkeleton />;
  const items = why.data.pages.flatMap((page) => page.items);
  const since = why.data.pages[0]?.since;
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t(automation === undefined ? 'whyNot.none' : 'whyNot.notForThese')}
      </Text>
    );
  }
  return (
    <>
      <ul className={classes.answers} aria-label={t('whyNot.title')}>
        {items.map((answer) => (
          <li key={answer.automation.id}>
            <WhyAnswer entity={entity} answer={answer} named={automation === undefined} />
          </li>
        ))}
      </ul>
      {since && (
        <Text size="xs" c="dimmed" mt={8}>
          {t('whyNot.since', { at: formatMoment(since) })}
        </Text>
      )}
      {why.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={why.isFetchingNextPage}
          onClick={() => void why.fetchNextPage()}
        >
          {t('common.loadMore')}
        </Button>
      )}
    </>
  );
}
