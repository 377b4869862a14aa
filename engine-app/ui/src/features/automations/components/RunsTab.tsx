import { Anchor, Box, Button, SegmentedControl } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { incidentText } from '@/api/getRun';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Status } from '@/components/Status';
import { formatSpan } from '@/lib/format';
import { useRuns } from '../api/getRuns';
import classes from './Automation.module.css';
import { WhySearch } from './WhySearch';

const STATUSES = ['waiting', 'failed', 'done', 'stopped', 'cancelled'] as const;

export function RunsTab({ id }: { id: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { status } = useSearch({ from: '/shell/automations/$id' });
  const runs = useRuns(id, status);
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={classes.tabBody}>
      <div style={{ overflowX: 'auto', marginBottom: 12 }}>
        <SegmentedControl
          aria-label={t('deliveries.status')}
          value={status ?? ''}
          onChange={(next) =>
            void navigate({
              to: '.',
              search: ((before: object) => ({ ...before, status: next || undefined })) as never,
              replace: true,
            })
          }
          data={[
            { value: '', label: t('common.all') },
            ...STATUSES.map((value) => ({ value, label: t(`states.${value}`) })),
          ]}
        />
      </div>
      <Box mb="sm">
        <WhySearch id={id} />
      </Box>
      {runs.error ? (
        <ProblemAlert error={runs.error} onRetry={() => void runs.refetch()} />
      ) : runs.isPending ? (
        <PageSkeleton />
      ) : items.length === 0 ? (
        <EmptyState icon={IconPlayerPlay} title={t('editor.noRuns')} text={t('editor.noRunsText')} />
      ) : (
        <>
          <DataTable
            label={t('editor.tabs.runs')}
            items={items}
            rowKey={(run) => run.id}
            columns={[
              {
                key: 'record',
                label: t('deliveries.record'),
                cell: (run) => (
                  <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/runs/${run.id}`} />}>
                    {run.recordName ?? run.ref ?? t('run.title', { id: run.id })}
                  </Anchor>
                ),
              },
              {
                key: 'status',
                label: t('deliveries.status'),
                width: 130,
                cell: (run) => <Status state={run.status} />,
              },
              {
                key: 'version',
                label: t('editor.version'),
                numeric: true,
                width: 80,
                cell: (run) => run.version,
              },
              {
                key: 'started',
                label: t('editor.started'),
                width: 130,
                cell: (run) => <Moment at={run.startedAt} />,
              },
              {
                key: 'took',
                label: t('editor.took'),
                numeric: true,
                width: 90,
                cell: (run) =>
                  run.startedAt && run.endedAt
                    ? formatSpan(new Date(run.endedAt).getTime() - new Date(run.startedAt).getTime())
                    : '',
              },
              { key: 'incident', label: t('deliveries.problem'), cell: (run) => incidentText(run.incident) },
            ]}
          />
          {runs.hasNextPage && (
            <Button
              variant="default"
              mt="sm"
              loading={runs.isFetchingNextPage}
              onClick={() => void runs.fetchNextPage()}
            >
              {t('common.loadMore')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
