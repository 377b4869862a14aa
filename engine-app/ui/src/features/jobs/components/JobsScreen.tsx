import { Anchor, Button, Group, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { IconSearch, IconStack2 } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type BulkAction, OPERATIONS, useBulkActions, useCancelBulk, hasEnded } from '@/api/bulkActions';
import { useUsers } from '@/api/getUsers';
import { useMay } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { Scrolling } from '@/components/Scrolling';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { formatNumber, fromLocalInput } from '@/lib/format';
import { ImportJobs } from './ImportJobs';
import { JobProgress } from './Progress';
import { useCount, useMaker, useOperationName } from './words';

const TABS = ['all', 'ended', 'imports'] as const;
const STATUSES = ['processing', 'in-progress', 'complete', 'canceled'] as const;

/** The start of a day of the reader's; of the day after for the end of a span. */
function moment(day: string | undefined, after = 0): string | undefined {
  const start = day ? new Date(`${day}T00:00:00Z`) : undefined;
  if (!start || Number.isNaN(start.getTime())) return undefined;
  start.setUTCDate(start.getUTCDate() + after);
  return fromLocalInput(`${start.toISOString().slice(0, 10)}T00:00`) ?? undefined;
}

interface Search {
  tab?: string | undefined;
  operation?: string | undefined;
  user?: number | undefined;
  status?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
}

function Filters({ search, onChange }: { search: Search; onChange: (change: Search) => void }) {
  const { t } = useTranslation();
  const operationName = useOperationName();
  const users = useUsers().data ?? [];
  return (
    <Group gap="xs" align="end" mb="md">
      <Select
        size="xs"
        w={170}
        label={t('jobs.type')}
        placeholder={t('jobs.anyType')}
        data={OPERATIONS.map((value) => ({ value, label: operationName(value) }))}
        value={search.operation ?? null}
        onChange={(next) => onChange({ operation: next ?? undefined })}
        clearable
      />
      <Select
        size="xs"
        w={170}
        label={t('jobs.user')}
        placeholder={t('jobs.anyUser')}
        data={users.map((user) => ({ value: String(user.id), label: user.name }))}
        value={search.user === undefined ? null : String(search.user)}
        onChange={(next) => onChange({ user: next ? Number(next) : undefined })}
        searchable
        clearable
      />
      <Select
        size="xs"
        w={140}
        label={t('jobs.columns.status')}
        placeholder={t('common.all')}
        data={STATUSES.map((value) => ({ value, label: t(`states.${value}`) }))}
        value={search.status ?? null}
        onChange={(next) => onChange({ status: next ?? undefined })}
        clearable
      />
      {(['from', 'until'] as const).map((end) => (
        <TextInput
          key={end}
          size="xs"
          type="date"
          label={t(`jobs.${end}`)}
          value={search[end] ?? ''}
          onChange={(event) => onChange({ [end]: event.currentTarget.value || undefined })}
        />
      ))}
    </Group>
  );
}

function BulkJobs({ search, ended }: { search: Search; ended: boolean }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const operationName = useOperationName();
  const maker = useMaker();
  const countOf = useCount();
  const cancel = useCancelBulk();
  const jobs = useBulkActions({
    operation: search.operation,
    user: search.user,
    status: search.status,
    ended: ended || undefined,
    from: moment(search.from),
    until: moment(search.until, 1),
  });
  const items = jobs.data?.pages.flatMap((page) => page.items) ?? [];
  if (jobs.error && items.length === 0) {
    return <ProblemAlert error={jobs.error} onRetry={() => void jobs.refetch()} />;
  }
  if (jobs.isPending) return <PageSkeleton />;
  if (items.length === 0) {
    const asked = search.operation ?? search.user ?? search.status ?? search.from ?? search.until;
    return asked === undefined ? (
      <EmptyState icon={IconStack2} title={t('jobs.empty')} text={t('jobs.emptyText')} />
    ) : (
      <EmptyState icon={IconSearch} title={t('jobs.nothing')} />
    );
  }
  const stop = (job: BulkAction) =>
    cancel.mutate(job.id, {
      onSuccess: () => toast(t('jobs.cancelled', { name: job.name })),
      onError: (error) => toast(problemText(error), { kind: 'bad' }),
    });
  return (
    <>
      <DataTable
        label={t('jobs.tabs.bulk')}
        items={items}
        rowKey={(job) => job.id}
        columns={[
          {
            key: 'name',
            label: t('jobs.columns.name'),
            cell: (job) => (
              <>
                <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/jobs/${job.id}`} />}>
                  {job.name}
                </Anchor>
                <JobProgress job={job} />
              </>
            ),
          },
          {
            key: 'operation',
            label: t('jobs.columns.operation'),
            cell: (job) => operationName(job.operation, job.undoOf),
          },
          { key: 'status', label: t('jobs.columns.status'), cell: (job) => <Status state={job.status} /> },
          { key: 'details', label: t('jobs.columns.details'), cell: countOf },
          {
            key: 'figures',
            label: t('jobs.columns.figures'),
            cell: (job) => (
              <Text span size="sm">
                {formatNumber(job.succeeded)}
                {job.failed > 0 && (
                  <Text span size="sm" c="var(--ll-bad)">
                    {' · '}
                    {formatNumber(job.failed)} {t('jobs.failed')}
                  </Text>
                )}
              </Text>
            ),
          },
          { key: 'by', label: t('jobs.columns.by'), cell: maker },
          { key: 'created', label: t('jobs.columns.created'), cell: (job) => <Moment at={job.createdAt} /> },
          { key: 'ended', label: t('jobs.columns.ended'), cell: (job) => <Moment at={job.endedAt} /> },
          {
            key: 'actions',
            label: '',
            width: 90,
            cell: (job) =>
              hasEnded(job) ? null : (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  loading={cancel.isPending && cancel.variables === job.id}
                  aria-label={`${t('common.cancel')}: ${job.name}`}
                  onClick={() => stop(job)}
                >
                  {t('common.cancel')}
                </Button>
              ),
          },
        ]}
      />
      {jobs.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={jobs.isFetchingNextPage}
          onClick={() => void jobs.fetchNextPage()}
        >
          {t('common.loadMore')}
        </Button>
      )}
    </>
  );
}

/** The one place where jobs are seen (ENG-103, ENG-110 to ENG-117). */
export function JobsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/jobs' });
  const mayImport = useMay('imports', 'view');
  const tab = TABS.find((one) => one === search.tab) ?? 'all';
  const set = (change: Search) =>
    void navigate({ to: '/jobs', search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <Page
      title={t('nav.jobs')}
      tools={
        <>
          <Text size="sm" c="dimmed" mb="xs">
            {t('jobs.what')}
          </Text>
          <Scrolling>
            <SegmentedControl
              aria-label={t('nav.jobs')}
              value={tab}
              onChange={(next) => set({ tab: next === 'all' ? undefined : next })}
              data={[
                { value: 'all', label: t('jobs.tabs.bulk') },
                { value: 'ended', label: t('jobs.ended') },
                ...(mayImport ? [{ value: 'imports', label: t('jobs.tabs.imports') }] : []),
              ]}
            />
          </Scrolling>
        </>
      }
    >
      {tab === 'imports' ? (
        <ImportJobs />
      ) : (
        <>
          <Filters search={search} onChange={set} />
          <BulkJobs search={search} ended={tab === 'ended'} />
        </>
      )}
    </Page>
  );
}
