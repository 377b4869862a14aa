import {
  Anchor,
  Button,
  FileInput,
  Group,
  Paper,
  Progress,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Title,
} from '@mantine/core';
import { IconFileImport, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFields } from '@/api/getSchema';
import { plural } from '@/api/records';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { formatBytes, formatNumber, formatSpan } from '@/lib/format';
import { type ImportJob, useCancelImport, useImports, useStartImport } from '../api/imports';
import classes from './Imports.module.css';

function timeLeft(job: ImportJob): string | undefined {
  const { bytes, totalBytes, startedAt } = job;
  if (!bytes || !totalBytes || !startedAt || bytes >= totalBytes) return undefined;
  const spent = Date.now() - new Date(startedAt).getTime();
  return formatSpan((spent / bytes) * (totalBytes - bytes));
}

function Job({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const cancel = useCancelImport();
  const running = job.status === 'running';
  const percent = job.totalBytes ? Math.min(100, ((job.bytes ?? 0) / job.totalBytes) * 100) : undefined;
  const left = running ? timeLeft(job) : undefined;
  return (
    <Paper component="li" withBorder p="sm" className={classes.job}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>
            {job.name ?? t('imports.number', { id: job.id })}
          </Text>
          <Status state={job.status} />
        </Group>
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            <Moment at={job.startedAt} />
          </Text>
          {running && (
            <Button
              variant="default"
              loading={cancel.isPending}
              onClick={() =>
                cancel.mutate(job.id, { onError: (error) => toast(problemText(error), { kind: 'bad' }) })
              }
            >
              {t('common.cancel')}
            </Button>
          )}
        </Group>
      </Group>
      {running && (
        <Progress
          value={percent ?? 100}
          animated={percent === undefined}
          my="xs"
          aria-label={t('imports.progress', { name: job.name ?? job.id })}
        />
      )}
      <Group gap="md" mt={4}>
        {(['rows', 'created', 'updated', 'unchanged', 'refused'] as const).map((figure) => (
          <Text
            key={figure}
            size="sm"
            c={figure === 'refused' && (job.refused ?? 0) > 0 ? 'var(--ll-bad)' : undefined}
          >
            <b>{formatNumber(job[figure] ?? 0)}</b> {t(`imports.figures.${figure}`)}
          </Text>
        ))}
        {running && job.ratePerSecond != null && (
          <Text size="sm" c="dimmed">
            {t('imports.rate', { rate: formatNumber(Math.round(job.ratePerSecond)) })}
            {left && ` · ${t('imports.left', { time: left })}`}
          </Text>
        )}
        {job.totalBytes != null && (
          <Text size="sm" c="dimmed">
            {formatBytes(job.totalBytes)}
          </Text>
        )}
        {(job.refused ?? 0) > 0 && (
          <Anchor size="sm" href={`/api/v1/imports/${job.id}/errors.csv`} download>
            {t('imports.errors')}
          </Anchor>
        )}
      </Group>
      {job.problem && (
        <Text size="sm" c="dimmed" mt={4}>
          {job.problem}
        </Text>
      )}
    </Paper>
  );
}

/** Files in: CSV or XLSX of any size, as jobs with progress. */
export function ImportsScreen() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const imports = useImports();
  const start = useStartImport();
  const [file, setFile] = useState<File | null>(null);
  const [entity, setEntity] = useState('lead');
  const [match, setMatch] = useState<string | null>('email');
  const [createFields, setCreateFields] = useState(false);
  const [over, setOver] = useState(false);
  const fields = useFields(plural(entity) ?? 'leads').data ?? [];

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) setFile(dropped);
  };

  return (
    <Page title={t('nav.imports')}>
      <Stack gap="lg">
        <Paper
          withBorder
          p="md"
          className={classes.form}
          data-over={over || undefined}
          onDragOver={(event: DragEvent) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (!file) return;
              start.mutate(
                { file, entity, match, createFields },
                {
                  onSuccess: () => {
                    toast(t('imports.started', { name: file.name }));
                    setFile(null);
                  },
                  onError: (error) => toast(problemText(error), { kind: 'bad' }),
                },
              );
            }}
          >
            <Title order={2} mb="sm">
              {t('imports.new')}
            </Title>
            <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
              <FileInput
                label={t('imports.file')}
                description={t('imports.fileText')}
                placeholder={t('imports.choose')}
                accept=".csv,.txt,.tsv,.xlsx,text/csv"
                leftSection={<IconUpload size={16} />}
                value={file}
                onChange={setFile}
                clearable
                required
                withAsterisk={false}
              />
              <Select
                label={t('imports.into')}
                description={t('imports.intoText')}
                data={[
                  { value: 'lead', label: t('nav.leads') },
                  { value: 'contact', label: t('nav.contacts') },
                  { value: 'account', label: t('nav.accounts') },
                ]}
                value={entity}
                allowDeselect={false}
                onChange={(next) => {
                  setEntity(next ?? 'lead');
                  setMatch(next === 'account' ? 'name' : 'email');
                }}
              />
              <Select
                label={t('imports.match')}
                description={t('imports.matchText')}
                data={fields
                  .filter(
                    (field) => ['email', 'phone', 'text', 'url'].includes(field.type) && !field.readOnly,
                  )
                  .map((field) => ({ value: field.key, label: field.label }))}
                value={match}
                onChange={setMatch}
                placeholder={t('imports.noMatch')}
                clearable
              />
            </SimpleGrid>
            <Group justify="space-between" mt="md">
              <Switch
                label={t('imports.createFields')}
                checked={createFields}
                onChange={(event) => setCreateFields(event.currentTarget.checked)}
              />
              <Button type="submit" disabled={!file} loading={start.isPending}>
                {t('imports.start')}
              </Button>
            </Group>
            {start.error && <ProblemAlert error={start.error} mt="sm" />}
          </form>
        </Paper>
        {imports.error ? (
          <ProblemAlert error={imports.error} onRetry={() => void imports.refetch()} />
        ) : imports.isPending ? (
          <PageSkeleton rows={3} />
        ) : imports.data.length === 0 ? (
          <EmptyState icon={IconFileImport} title={t('imports.empty')} text={t('imports.emptyText')} />
        ) : (
          <ul className={classes.jobs}>
            {imports.data.map((job) => (
              <Job key={job.id} job={job} />
            ))}
          </ul>
        )}
      </Stack>
    </Page>
  );
}
