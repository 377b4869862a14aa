import { Button, Skeleton } from '@mantine/core';
import { useDroppable } from '@dnd-kit/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordPages } from '@/api/listRecords';
import type { Field } from '@/api/getSchema';
import type { RecordData } from '@/api/records';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatMoney, formatNumber } from '@/lib/format';
import { CALM } from '@/lib/live';
import { BoardCard } from './BoardCard';
import { cardsOf, type Column } from './board';
import classes from './Board.module.css';

interface Props {
  column: Column;
  columns: Column[];
  filter: string | undefined;
  fields: Field[];
  /** The keys of the fields that cards show. */
  wanted: string[];
  moving: Set<number>;
  arrivingRef: { current: number | null };
  onMove: (card: RecordData, from: Column, to: Column) => void;
}

/** A stage with its number, one sum for each currency, and as many of its cards as were asked for (REV-007). */
export function BoardColumn({ column, columns, filter, fields, wanted, moving, arrivingRef, onMove }: Props) {
  const { t } = useTranslation();
  const heading = useId();
  const { setNodeRef, isOver } = useDroppable({ id: column.stage, data: { column } });
  const pages = useRecordPages('opportunities', cardsOf(column.stage, filter, wanted), true, CALM);
  const cards = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const more = Math.max(column.count - cards.length, 0);
  return (
    <section
      ref={setNodeRef}
      className={classes.column}
      data-over={isOver || undefined}
      aria-labelledby={heading}
    >
      <header className={classes.head}>
        <div className={classes.line}>
          <h2 id={heading} className={classes.stage} title={column.name}>
            {column.name}
          </h2>
          <span className={classes.count} aria-label={t('common.total', { count: column.count })}>
            {formatNumber(column.count)}
          </span>
        </div>
        <div className={classes.worth}>
          {column.worth.map(({ amount, currency }) => (
            <span key={currency}>{formatMoney(amount, currency, true)}</span>
          ))}
        </div>
      </header>
      <div className={classes.body}>
        {pages.error && cards.length === 0 ? (
          <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />
        ) : pages.isPending ? (
          <div role="status" aria-label={t('common.loading')}>
            <Skeleton h={88} mb={8} />
            <Skeleton h={88} />
          </div>
        ) : cards.length === 0 ? (
          <p className={classes.none}>{t('board.none')}</p>
        ) : (
          <ul className={classes.cards}>
            {cards.map((card) => (
              <BoardCard
                key={card.id}
                card={card}
                fields={fields}
                column={column}
                columns={columns}
                moving={moving.has(card.id)}
                arrivingRef={arrivingRef}
                onMove={onMove}
              />
            ))}
          </ul>
        )}
        {pages.isFetchNextPageError && (
          <ProblemAlert error={pages.error} onRetry={() => void pages.fetchNextPage()} />
        )}
        {pages.hasNextPage && (
          <Button
            variant="subtle"
            fullWidth
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {more > 0 ? t('board.more', { count: more, number: formatNumber(more) }) : t('common.more')}
          </Button>
        )}
      </div>
    </section>
  );
}
