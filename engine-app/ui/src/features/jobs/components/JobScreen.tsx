import {
  Alert,
  Anchor,
  Button,
  Group,
  Modal,
  SimpleGrid,
  Stack,
  Table,
  Text,
  UnstyledButton,
} from '@mantine/core';
import { IconArrowBackUp, IconDownload } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type BulkAction,
  hasEnded,
  useBulkAction,
  useBulkRecords,
  useCancelBulk,
  useUndoBulk,
} from '@/api/bulkActions';
import { useAutomations } from '@/api/getAutomations';
import { useLists } from '@/api/getLists';
import { useAllFields } from '@/api/getSchema';
import { useUsers } from '@/api/getUsers';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { Moment } from '@/components/Moment';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { ScreenProblem } from '@/components/ScreenProblem';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { formatNumber } from '@/lib/format';
import { url } from '@/lib/http';
import classes from './Jobs.module.css';
import { JobProgress } from './Progress';
import { useMaker, useOperationName } from './words';

type Result = 'succeeded' | 'failed';

/** Records without a page of their own. */
const PAGELESS = ['activities', 'notes'];

/** What exactly was asked for: the fields with their values, the owners, the tags, the text. */
function Details({ job }: { job: BulkAction }) {
  const { t } = useTranslation();
  const fields = useAllFields(job.entity).data ?? [];
  const users = useUsers().data ?? [];
  const lists = useLists().data ?? [];
  const shown = (value: unknown): string =>
    value == null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const { values, owners, tags, list, automation, subject, text, ...others } = job.settings as {
    values?: Record<string, unknown>;
    owners?: number[];
    tags?: string[];
    list?: number;
    automation?: number;
    subject?: string;
    text?: string;
  };
  const automations = useAutomations(automation !== undefined).data ?? [];
  if (job.operation === 'undo-import') {
    const { import: of, changed } = job.settings;
    return (
      <>
        <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/imports/${String(of)}`} />}>
          {t('imports.number', { id: of })}
        </Anchor>
        <br />
        {t('imports.undoChanged')}: {t(changed === 'trash' ? 'imports.undoTrash' : 'imports.undoKeep')}
      </>
    );
  }
  const lines = [
    ...Object.entries(values ?? {}).map(
      ([key, value]) => `${fields.find((field) => field.key === key)?.label ?? key}: ${shown(value)}`,
    ),
    ...(owners ?? []).map((id) => users.find((user) => user.id === id)?.name ?? String(id)),
    ...(tags ?? []),
    ...(list === undefined ? [] : [lists.find((one) => one.id === list)?.name ?? String(list)]),
    ...(automation === undefined
      ? []
      : [automations.find((one) => one.id === automation)?.name ?? String(automation)]),
    ...(subject === undefined ? [] : [subject]),
    ...(text === undefined ? [] : [text]),
    ...Object.entries(others).map(([key, value]) => `${key}: ${shown(value)}`),
  ];
  return lines.length === 0 ? '–' : <span className={classes.details}>{lines.join('\n')}</span>;
}

function Facts({ job }: { job: BulkAction }) {
  const { t } = useTranslation();
  const operationName = useOperationName();
  const maker = useMaker();
  const mode =
    job.mode === 'batches'
      ? t('jobs.batches', { size: formatNumber(job.batchSize ?? 0), minutes: job.batchMinutes ?? 0 })
      : t(job.mode === 'scheduled' ? 'bulk.modes.scheduled' : 'jobs.atOnce');
  const facts = [
    [t('jobs.type'), operationName(job.operation, job.undoOf)],
    [t('jobs.additional'), <Details key="settings" job={job} />],
    [
      t('jobs.filter'),
      job.operation === 'undo-import' ? (
        t('jobs.ofImport')
      ) : job.filter == null ? (
        t(job.withheld ? 'jobs.withheld' : 'jobs.chosen')
      ) : job.filter === '' ? (
        t('jobs.all_records')
      ) : (
        <code key="filter" className={classes.settings}>
          {job.filter}
        </code>
      ),
    ],
    [t('jobs.start'), <Moment key="start" at={job.scheduledAt ?? job.createdAt} />],
    [t('jobs.mode'), mode],
    [t('jobs.columns.created'), <Moment key="created" at={job.createdAt} />],
    [t('jobs.columns.by'), maker(job)],
    [t('jobs.columns.ended'), <Moment key="ended" at={job.endedAt} />],
  ] as const;
  return (
    <Table fz="sm" aria-label={t('jobs.columns.details')}>
      <Table.Tbody>
        {facts.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" w={170}>
              {label}
            </Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** The figures; a click on one shows the records behind it (ENG-122, ENG-124). */
function Figures({ job, shown, onShow }: { job: BulkAction; shown: Result; onShow: (what: Result) => void }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs">
      <div className={classes.figure}>
        <b>{formatNumber(job.total)}</b>
        {t('jobs.total')}
      </div>
      {(['succeeded', 'failed'] as const).map((result) => (
        <UnstyledButton
          key={result}
          className={classes.figure}
          aria-pressed={shown === result}
          data-bad={(result === 'failed' && job.failed > 0) || undefined}
          onClick={() => onShow(result)}
        >
          <b>{formatNumber(job[result])}</b>
          {t(`jobs.${result}`)}
        </UnstyledButton>
      ))}
      <div className={classes.figure}>
        <b>{formatNumber(job.changed)}</b>
        {t('jobs.changed')}
      </div>
    </SimpleGrid>
  );
}

function Behind({ job, result }: { job: BulkAction; result: Result }) {
  const { t } = useTranslation();
  const records = useBulkRecords(job, result);
  const items = records.data?.pages.flatMap((page) => page.items) ?? [];
  if (records.error && items.length === 0) {
    return <ProblemAlert error={records.error} onRetry={() => void records.refetch()} />;
  }
  if (records.isPending) return <PageSkeleton rows={4} />;
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t(result === 'failed' ? 'jobs.noneFailed' : 'jobs.noneSucceeded')}
      </Text>
    );
  }
  return (
    <>
      <DataTable
        label={t(`jobs.${result}`)}
        items={items}
        rowKey={(item) => item.id}
        columns={[
          {
            key: 'record',
            label: t('jobs.record'),
            cell: (item) =>
              item.name == null ? (
                <Text span size="sm" c="dimmed">
                  {item.id} ({t('jobs.notSeen')})
                </Text>
              ) : PAGELESS.includes(job.entity) ? (
                item.name || item.id
              ) : (
                <Anchor
                  size="sm"
                  renderRoot={(props) => <AppLink {...props} href={`/${job.entity}/${item.id}`} />}
                >
                  {item.name || item.id}
                </Anchor>
              ),
          },
          ...(result === 'failed'
            ? [
                {
                  key: 'reason',
                  label: t('jobs.reason'),
                  cell: (item: (typeof items)[number]) => item.reason,
                },
              ]
            : []),
        ]}
      />
      {records.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={records.isFetchingNextPage}
          onClick={() => void records.fetchNextPage()}
        >
          {t('common.loadMore')}
        </Button>
      )}
    </>
  );
}

function Actions({ job }: { job: BulkAction }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const cancel = useCancelBulk();
  const undo = useUndoBulk();
  const [asking, setAsking] = useState(false);
  const onError = (error: Error) => toast(problemText(error), { kind: 'bad' });
  return (
    <Group gap="xs">
      {!hasEnded(job) && (
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() =>
            cancel.mutate(job.id, {
              onSuccess: () => toast(t('jobs.cancelled', { name: job.name })),
              onError,
            })
          }
        >
          {t('common.cancel')}
        </Button>
      )}
      {job.undoable && (
        <Button variant="default" leftSection={<IconArrowBackUp size={14} />} onClick={() => setAsking(true)}>
          {t('jobs.undo')}
        </Button>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('jobs.undoTitle', { name: job.name })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="md">
          <Text size="sm">{t('jobs.undoText', { number: formatNumber(job.changed) })}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
            <Button
              loading={undo.isPending}
              onClick={() =>
                undo.mutate(
                  { id: job.id, name: t('jobs.undoName', { name: job.name }) },
                  {
                    onSuccess: (made) => {
                      setAsking(false);
                      void navigate({ href: `/jobs/${made.id}` });
                    },
                    onError,
                  },
                )
              }
            >
              {t('jobs.undo')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}

/** One bulk action: how far it is, what came of it, and what can be done about it (ENG-118 to ENG-125). */
export function JobScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/jobs/$id' });
  const search = useSearch({ from: '/shell/jobs/$id' });
  const navigate = useNavigate();
  const found = useBulkAction(id);
  if (found.error && !found.data) {
    return (
      <ScreenProblem
        error={found.error}
        onRetry={() => void found.refetch()}
        back={{ href: '/jobs', label: t('nav.jobs') }}
      />
    );
  }
  const job = found.data;
  if (!job) return <PageSkeleton />;
  const shown: Result =
    search.result === 'succeeded' || search.result === 'failed'
      ? search.result
      : job.failed > 0
        ? 'failed'
        : 'succeeded';
  return (
    <Page
      title={job.name}
      beside={<Status state={job.status} />}
      actions={<Actions job={job} />}
      tools={
        <Anchor underline="always" size="sm" renderRoot={(props) => <AppLink {...props} href="/jobs" />}>
          {t('nav.jobs')}
        </Anchor>
      }
    >
      <Stack gap="md">
        {job.problem && <Alert color="orange">{job.problem}</Alert>}
        <JobProgress job={job} />
        <Figures
          job={job}
          shown={shown}
          onShow={(result) =>
            void navigate({ to: '/jobs/$id', params: { id }, search: { result }, replace: true })
          }
        />
        <section aria-label={t(`jobs.${shown}`)}>
          <Group justify="space-between" mb={4}>
            <Text fw={600} size="sm">
              {t(`jobs.${shown}`)}
            </Text>
            {shown === 'failed' && job.failed > 0 && (
              <Anchor size="sm" href={url(`/bulk-actions/${id}/errors.csv`)} download>
                <IconDownload size={14} aria-hidden /> {t('jobs.errorsFile')}
              </Anchor>
            )}
          </Group>
          <Behind job={job} result={shown} />
        </section>
        <Facts job={job} />
      </Stack>
    </Page>
  );
}
