import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { type Move, useMoves } from '../api/hierarchy';

/** Who came under whom, when and by whom: of one person, or of all. */
export function MoveHistory({ user }: { user?: number | undefined }) {
  const { t } = useTranslation();
  const users = useUsers().data ?? [];
  const moves = useMoves(user);
  const items = moves.data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = (id: number | null | undefined) =>
    id == null ? t('settings.users.nobody') : (users.find((other) => other.id === id)?.name ?? `#${id}`);
  if (moves.error) return <ProblemAlert error={moves.error} onRetry={() => void moves.refetch()} />;
  if (moves.isPending) return <PageSkeleton rows={4} />;
  if (items.length === 0) {
    return <EmptyState icon={IconHistory} title={t('hierarchy.noMoves')} text={t('hierarchy.noMovesText')} />;
  }
  return (
    <>
      <DataTable
        label={t('hierarchy.history')}
        items={items}
        rowKey={(move) => move.id}
        columns={[
          ...(user === undefined
            ? [{ key: 'who', label: t('hierarchy.who'), cell: (move: Move) => nameOf(move.user) }]
            : []),
          { key: 'from', label: t('hierarchy.from'), cell: (move) => nameOf(move.from) },
          { key: 'to', label: t('hierarchy.to'), cell: (move) => nameOf(move.to) },
          { key: 'at', label: t('hierarchy.when'), cell: (move) => <Moment at={move.at} /> },
          {
            key: 'by',
            label: t('hierarchy.by'),
            cell: (move) => (move.by == null ? t('audit.system') : nameOf(move.by)),
          },
        ]}
      />
      {moves.hasNextPage && (
        <Button
          mt="sm"
          variant="default"
          loading={moves.isFetchingNextPage}
          onClick={() => void moves.fetchNextPage()}
        >
          {t('common.loadMore')}
        </Button>
      )}
    </>
  );
}
