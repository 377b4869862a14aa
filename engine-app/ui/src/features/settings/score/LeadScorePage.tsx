import { Button, Divider, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconLock, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isAdministrator, useSession } from '@/api/session';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { formatNumber } from '@/lib/format';
import { Section } from '../components/Section';
import { type ScoreSettings, useCancelScoring, useScoreAgain, useScoreSettings } from './api';
import { ScoreForm } from './ScoreForm';
import { Websites } from './Websites';

/** How far the scoring of all leads is (LEAD-152). */
function Scoring({ progress }: { progress: ScoreSettings['progress'] }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const again = useScoreAgain();
  const cancel = useCancelScoring();
  const told = { onError: (error: Error) => toast(problemText(error), { kind: 'bad' }) };
  if (progress.state === 'running') {
    const done = progress.total > 0 ? Math.min(100, (100 * progress.looked) / progress.total) : 100;
    return (
      <Paper withBorder p="sm" mb="lg">
        <Group justify="space-between" wrap="nowrap" align="end">
          <div style={{ flex: 1 }}>
            <Text size="sm" fw={600}>
              {t('score.running')}
            </Text>
            <Progress value={done} my={6} aria-label={t('score.running')} />
            <Text size="xs" c="dimmed">
              {t('score.looked', {
                done: formatNumber(progress.looked),
                total: formatNumber(progress.total),
                changed: formatNumber(progress.changed),
              })}
            </Text>
          </div>
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(undefined, told)}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Paper>
    );
  }
  return (
    <Group gap="xs" mb="lg">
      <Text size="sm" c={progress.state === 'cancelled' ? undefined : 'dimmed'}>
        {progress.state === 'cancelled'
          ? t('score.cancelled', {
              done: formatNumber(progress.looked),
              total: formatNumber(progress.total),
            })
          : progress.endedAt
            ? t('score.scored', {
                total: formatNumber(progress.looked),
                changed: formatNumber(progress.changed),
              })
            : t('score.upToDate')}
        {progress.endedAt && (
          <>
            {' '}
            <Moment at={progress.endedAt} />
          </>
        )}
      </Text>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconRefresh size={14} />}
        loading={again.isPending}
        onClick={() => again.mutate(undefined, told)}
      >
        {t('score.again')}
      </Button>
    </Group>
  );
}

/** What leads earn points by. */
export function LeadScorePage() {
  const { t } = useTranslation();
  const session = useSession();
  const settings = useScoreSettings();
  if (session.isPending) return <PageSkeleton />;
  if (!isAdministrator(session.data)) return <EmptyState icon={IconLock} title={t('score.adminsOnly')} />;
  const shown = settings.data;
  return (
    <Section title={t('settings.pages.leadScore')} text={t('score.what')}>
      {settings.error && !shown ? (
        <ProblemAlert error={settings.error} onRetry={() => void settings.refetch()} />
      ) : !shown ? (
        <PageSkeleton rows={8} />
      ) : (
        <Stack gap={0}>
          <Scoring progress={shown.progress} />
          <ScoreForm settings={shown} onLoadAgain={async () => (await settings.refetch()).data} />
          {shown.changedAt && (
            <Text size="xs" c="dimmed" mt="md">
              {t('score.changedBy', { name: shown.changedBy ?? '–' })} <Moment at={shown.changedAt} />
            </Text>
          )}
          <Divider my="xl" />
          <Websites />
        </Stack>
      )}
    </Section>
  );
}
