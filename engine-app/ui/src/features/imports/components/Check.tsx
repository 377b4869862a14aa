import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Field, useAllFields } from '@/api/getSchema';
import { plural } from '@/api/records';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { formatNumber } from '@/lib/format';
import {
  type ImportJob,
  type PreviewedRow,
  type Starts,
  useCancelImport,
  usePreview,
  useReviseImport,
  useStartImport,
} from '../api/imports';
import { shownValue } from './mapping';
import classes from './Imports.module.css';
import { JobCard } from './JobCard';
import { paceOf, StartAutomations } from './StartAutomations';

interface Shown {
  key: string;
  label: string;
}

function shownColumns(job: ImportJob, fields: Field[]): Shown[] {
  return (job.columns ?? [])
    .filter((column) => column.field ?? column.create)
    .map((column) => ({
      key: column.field ?? `+${column.header}`,
      label: fields.find((field) => field.key === column.field)?.label ?? column.header,
    }));
}

function PreviewRow({ row, columns }: { row: PreviewedRow; columns: Shown[] }) {
  const { t } = useTranslation();
  return (
    <>
      <Table.Tr data-refused={row.outcome === 'refused' || undefined}>
        <Table.Td>{row.row}</Table.Td>
        <Table.Td>
          <Status state={row.outcome} />
        </Table.Td>
        {columns.map((column) => (
          <Table.Td key={column.key} className={classes.cell}>
            {shownValue(row.values[column.key])}
          </Table.Td>
        ))}
      </Table.Tr>
      {row.problems.length > 0 && (
        <Table.Tr>
          <Table.Td />
          <Table.Td colSpan={columns.length + 1} className={classes.reasons}>
            {row.problems.map((problem) => (
              <div key={problem.field + problem.expectation}>
                {t('imports.expected', {
                  column: problem.field,
                  value: problem.value ?? '',
                  expectation: problem.expectation,
                })}
              </div>
            ))}
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function FirstRows({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const rows = usePreview(job.id);
  const fields = useAllFields(plural(job.entity ?? 'lead') ?? 'leads');
  if (rows.error) return <ProblemAlert error={rows.error} onRetry={() => void rows.refetch()} />;
  if (rows.isPending || fields.isPending) return <PageSkeleton rows={5} />;
  if (rows.data.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('imports.noRows')}
      </Text>
    );
  }
  const columns = shownColumns(job, fields.data ?? []);
  return (
    <Table.ScrollContainer
      minWidth={200 + columns.length * 140}
      className={classes.preview}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t('imports.firstRows') },
      }}
    >
      <Table fz="sm" verticalSpacing={6} aria-label={t('imports.firstRows')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={60}>{t('imports.row')}</Table.Th>
            <Table.Th w={130}>{t('imports.outcome')}</Table.Th>
            {columns.map((column) => (
              <Table.Th key={column.key}>{column.label}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.data.map((row) => (
            <PreviewRow key={row.row} row={row} columns={columns} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What the import would do, before it does anything: the first rows one by one, all rows in figures. */
export function Check({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const start = useStartImport(job.id);
  const revise = useReviseImport(job.id);
  const cancel = useCancelImport();
  const [starts, setStarts] = useState<Starts>('yes');
  const [pace, setPace] = useState<number | string>(60);
  const perMinute = starts === 'throttled' ? paceOf(pace) : undefined;
  const onError = (error: Error) => toast(problemText(error), { kind: 'bad' });
  const usable = (job.created ?? 0) + (job.updated ?? 0);
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{t('imports.checkTitle')}</Title>
        <Text size="sm" c="dimmed">
          {t(job.status === 'checking' ? 'imports.checkingText' : 'imports.checkedText')}
        </Text>
      </div>
      <JobCard job={job} open />
      <section aria-labelledby="first-rows">
        <Title order={3} fz="sm" id="first-rows" mb="xs">
          {t('imports.firstRows')}
        </Title>
        <FirstRows job={job} />
      </section>
      <StartAutomations value={starts} onChange={setStarts} pace={pace} onPace={setPace} />
      {start.error && <ProblemAlert error={start.error} />}
      <Group justify="space-between" gap="xs">
        <Button variant="default" loading={revise.isPending} onClick={() => revise.mutate(null, { onError })}>
          {t('imports.back')}
        </Button>
        <Group gap="xs">
          <Button
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(job.id, { onError })}
          >
            {t('imports.giveUp')}
          </Button>
          <Button
            loading={start.isPending}
            disabled={perMinute === null}
            onClick={() => {
              if (perMinute !== null) start.mutate({ startAutomations: starts, perMinute });
            }}
          >
            {job.status === 'checked' && usable > 0
              ? t('imports.startRows', { count: usable, number: formatNumber(usable) })
              : t('imports.start')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
