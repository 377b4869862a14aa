import { useTranslation } from 'react-i18next';
import { type BulkAction, OPERATIONS } from '@/api/bulkActions';
import { useUsers } from '@/api/getUsers';
import { formatNumber } from '@/lib/format';

/** What a bulk action does, in words. */
export function useOperationName(): (operation: string, undoOf?: number | null) => string {
  const { t } = useTranslation();
  return (operation, undoOf) => {
    const known = OPERATIONS.find((one) => one === operation);
    const name = known
      ? t(`bulk.offer.${known}`)
      : operation === 'undo-import'
        ? t('jobs.undoImport')
        : operation;
    return undoOf == null ? name : t('jobs.undoOf', { operation: name });
  };
}

/** Who made a bulk action. */
export function useMaker(): (job: BulkAction) => string {
  const { t } = useTranslation();
  const users = useUsers().data ?? [];
  return ({ createdBy }) =>
    createdBy == null
      ? t('jobs.program')
      : (users.find((user) => user.id === createdBy)?.name ?? String(createdBy));
}

/** How many of what, such as 3 leads. */
export function useCount(): (job: BulkAction) => string {
  const { t } = useTranslation();
  return (job) =>
    t(`bulk.count.${job.entity as 'leads'}`, { count: job.total, number: formatNumber(job.total) });
}
