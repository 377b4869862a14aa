import { Anchor } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Status } from '@/components/Status';
import { formatNumber } from '@/lib/format';
import { useImportJobs } from '../api/imports';

const FIGURES = ['created', 'updated', 'unchanged', 'skipped', 'refused'] as const;

/** Imports among the jobs; each has a page of its own (ENG-105). */
export function ImportJobs() {
  const { t } = useTranslation();
  const jobs = useImportJobs();
  if (jobs.error && !jobs.data)
    return <ProblemAlert error={jobs.error} onRetry={() => void jobs.refetch()} />;
  if (jobs.isPending) return <PageSkeleton />;
  if (jobs.data.length === 0) {
    return <EmptyState icon={IconFileImport} title={t('imports.empty')} text={t('imports.emptyText')} />;
  }
  return (
    <DataTable
      label={t('nav.imports')}
      items={jobs.data}
      rowKey={(job) => job.id}
      columns={[
        {
          key: 'name',
          label: t('jobs.columns.name'),
          cell: (job) => (
            <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/imports/${job.id}`} />}>
              {job.name ?? t('imports.number', { id: job.id })}
            </Anchor>
          ),
        },
        { key: 'status', label: t('jobs.columns.status'), cell: (job) => <Status state={job.status} /> },
        ...FIGURES.map((figure) => ({
          key: figure,
          label: t(`imports.figures.${figure}`),
          numeric: true,
          cell: (job: NonNullable<typeof jobs.data>[number]) => formatNumber(job[figure] ?? 0),
        })),
        { key: 'created', label: t('jobs.columns.created'), cell: (job) => <Moment at={job.createdAt} /> },
        { key: 'ended', label: t('jobs.columns.ended'), cell: (job) => <Moment at={job.endedAt} /> },
      ]}
    />
  );
}
