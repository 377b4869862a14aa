import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { plural } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ScreenProblem } from '@/components/ScreenProblem';
import { Status } from '@/components/Status';
import { type ImportJob, useImport } from '../api/imports';
import { Check } from './Check';
import { JobCard } from './JobCard';
import { Mapping } from './Mapping';
import { Steps } from './Steps';
import { TakeBack } from './TakeBack';
import { WaitingStarts } from './WaitingStarts';

/** Where the columns went, after the import was started. */
function Result({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const entity = plural(job.entity ?? 'lead') ?? 'leads';
  const ignored = (job.columns ?? []).filter((column) => !column.field && !column.create);
  return (
    <Stack gap="md">
      <JobCard job={job} />
      <WaitingStarts job={job} />
      {job.startAutomations === 'no' && (
        <Text size="sm" c="dimmed">
          {t('imports.starts.none')}
        </Text>
      )}
      {ignored.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('imports.ignored', { columns: ignored.map((column) => column.header || '–').join(', ') })}
        </Text>
      )}
      <Group gap="xs">
        <Button variant="default" renderRoot={(props) => <AppLink {...props} href={`/${entity}`} />}>
          {t('imports.show', { what: t(`nav.${entity as 'leads'}`) })}
        </Button>
        <Button variant="default" renderRoot={(props) => <AppLink {...props} href="/imports" />}>
          {t('imports.another')}
        </Button>
        <TakeBack job={job} />
      </Group>
    </Stack>
  );
}

/** One import: its columns before it is started, its progress and result after. */
export function ImportScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/imports/$id' });
  const job = useImport(id);
  if (job.error && !job.data) {
    return (
      <ScreenProblem
        error={job.error}
        onRetry={() => void job.refetch()}
        back={{ href: '/imports', label: t('nav.imports') }}
      />
    );
  }
  if (!job.data) return <PageSkeleton />;
  const step =
    job.data.status === 'prepared'
      ? 'columns'
      : job.data.status === 'checking' || job.data.status === 'checked'
        ? 'check'
        : 'result';
  return (
    <Page
      title={job.data.name ?? t('imports.number', { id })}
      beside={<Status state={job.data.status} />}
      tools={
        <>
          <Text size="sm" c="dimmed" mb="xs">
            <Anchor
              underline="always"
              size="sm"
              renderRoot={(props) => <AppLink {...props} href="/imports" />}
            >
              {t('nav.imports')}
            </Anchor>
            {' · '}
            {t('imports.into')} {t(`nav.${(plural(job.data.entity ?? 'lead') ?? 'leads') as 'leads'}`)}
          </Text>
          <Steps current={step} />
        </>
      }
    >
      {step === 'columns' ? (
        <Mapping job={job.data} />
      ) : step === 'check' ? (
        <Check job={job.data} />
      ) : (
        <Result job={job.data} />
      )}
    </Page>
  );
}
