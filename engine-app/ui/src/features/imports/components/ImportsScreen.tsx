import { Anchor, Button, FileInput, Paper, Progress, Select, Stack, Text, Title } from '@mantine/core';
import { IconFileImport, IconUpload } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { allows, useRights } from '@/api/rights';
import { EmptyState } from '@/components/EmptyState';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { url } from '@/lib/http';
import { useImports, useSendFile } from '../api/imports';
import classes from './Imports.module.css';
import { JobCard } from './JobCard';

const KINDS = ['lead', 'contact', 'account'] as const;
type Kind = (typeof KINDS)[number];

/** The first step: which file, and what its rows are. */
function NewImport() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const rights = useRights().data;
  const kinds = KINDS.filter((kind) => allows(rights, kind, 'import'));
  // A link may say what the rows are, as that on the page of contact requests does (ENG-223).
  const { entity: asked } = useSearch({ strict: false }) as { entity?: string };
  const [chosen, setEntity] = useState<Kind>(KINDS.find((kind) => kind === asked) ?? 'lead');
  const entity = kinds.includes(chosen) ? chosen : kinds[0];
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState(0);
  const send = useSendFile(setSent);

  return (
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
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped) setFile(dropped);
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!file || !entity) return;
          setSent(0);
          send.mutate({ file, entity }, { onSuccess: ({ id }) => void navigate({ href: `/imports/${id}` }) });
        }}
      >
        <Title order={2} mb="sm">
          {t('imports.new')}
        </Title>
        <div className={classes.start}>
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
            data={kinds.map((kind) => ({ value: kind, label: t(`nav.${kind}s`) }))}
            value={entity ?? null}
            allowDeselect={false}
            onChange={(next) => setEntity(kinds.find((kind) => kind === next) ?? 'lead')}
          />
          <Button type="submit" size="sm" disabled={!file} loading={send.isPending}>
            {t('imports.next')}
          </Button>
        </div>
        <Text size="sm" c="dimmed" mt="xs">
          <Anchor
            size="sm"
            underline="always"
            href={url('/imports/sample.csv', { entity: entity ?? 'lead' })}
            download
          >
            {t('imports.sample')}
          </Anchor>{' '}
          {t('imports.sampleText')}
        </Text>
        {send.isPending && (
          <Progress
            value={sent * 100}
            mt="sm"
            aria-label={t('imports.sending', { name: file?.name ?? '' })}
          />
        )}
        {send.error && <ProblemAlert error={send.error} mt="sm" />}
      </form>
    </Paper>
  );
}

/** Files in: CSV or XLSX of any size, as jobs with progress. */
export function ImportsScreen() {
  const { t } = useTranslation();
  const imports = useImports();
  const rights = useRights().data;
  const mayImport =
    allows(rights, 'imports', 'create') && KINDS.some((kind) => allows(rights, kind, 'import'));
  return (
    <Page title={t('nav.imports')}>
      <Stack gap="lg">
        {mayImport && <NewImport />}
        {imports.error ? (
          <ProblemAlert error={imports.error} onRetry={() => void imports.refetch()} />
        ) : imports.isPending ? (
          <PageSkeleton rows={3} />
        ) : imports.data.length === 0 ? (
          <EmptyState icon={IconFileImport} title={t('imports.empty')} text={t('imports.emptyText')} />
        ) : (
          <ul className={classes.jobs}>
            {imports.data.map((job) => (
              <li key={job.id}>
                <JobCard job={job} />
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Page>
  );
}
