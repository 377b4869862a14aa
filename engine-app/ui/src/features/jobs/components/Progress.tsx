import { Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type BulkAction, hasEnded } from '@/api/bulkActions';
import { Moment } from '@/components/Moment';
import { formatNumber, formatSpan } from '@/lib/format';

/** How far a bulk action is, while it is under way. */
export function JobProgress({ job }: { job: BulkAction }) {
  const { t } = useTranslation();
  if (hasEnded(job)) return null;
  const collecting = job.status === 'processing';
  if (collecting && job.nextAt) {
    return (
      <Text size="sm" c="dimmed">
        {t('jobs.start')} <Moment at={job.nextAt} />
      </Text>
    );
  }
  const percent = job.total > 0 ? (100 * job.handled) / job.total : 0;
  return (
    <div>
      <Progress value={collecting ? 100 : percent} animated={collecting} my={6} aria-label={job.name} />
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {collecting
            ? t('jobs.collecting')
            : t('jobs.progress', { done: formatNumber(job.handled), total: formatNumber(job.total) })}
          {!collecting && !job.nextAt && ` · ${t('jobs.rate', { rate: formatNumber(job.ratePerSecond) })}`}
          {job.secondsLeft != null && ` · ${t('jobs.left', { time: formatSpan(job.secondsLeft * 1000) })}`}
        </Text>
        {job.nextAt && (
          <Text size="sm" c="dimmed">
            {t('jobs.next')} <Moment at={job.nextAt} />
          </Text>
        )}
      </Group>
    </div>
  );
}
