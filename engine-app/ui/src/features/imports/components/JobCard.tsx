import { Anchor, Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { Moment } from '@/components/Moment';
import { useProblemText } from '@/components/ProblemAlert';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { formatBytes, formatNumber, formatSpan } from '@/lib/format';
import { type ImportJob, useCancelImport } from '../api/imports';
import classes from './Imports.module.css';

const FIGURES = ['rows', 'created', 'updated', 'unchanged', 'skipped', 'refused'] as const;
/** Shown only when there is something to say. */
const RARE = ['skipped'];

/**
 * How an import stands: its progress, its figures, and what can be done about it.
 *
 * `open` says that the reader is on its page, which has buttons of its own.
 */
export function JobCard({ job, open = false }: { job: ImportJob; open?: boolean }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const cancel = useCancelImport();
  const mayChange = useMay('imports', 'create');
  const running = job.status === 'running';
  const checking = job.status === 'checking';
  const waits = checking || job.status === 'prepared' || job.status === 'checked';
  const percent = job.totalBytes ? Math.min(100, ((job.bytes ?? 0) / job.totalBytes) * 100) : undefined;
  const name = job.name ?? t('imports.number', { id: job.id });
  const refused = job.refused ?? 0;
  return (
    <div className={classes.job}>
      {!open && (
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            <Anchor
              fw={600}
              size="sm"
              style={{ overflowWrap: 'anywhere' }}
              renderRoot={(props) => <AppLink {...props} href={`/imports/${job.id}`} />}
            >
              {name}
            </Anchor>
            <Status state={job.status} />
          </Group>
          <Group gap="xs">
            <Text size="xs" c="dimmed">
              <Moment at={job.startedAt ?? job.createdAt} />
            </Text>
            {waits && mayChange && (
              <Button renderRoot={(props) => <AppLink {...props} href={`/imports/${job.id}`} />}>
                {t(job.status === 'prepared' ? 'imports.goOn' : 'imports.goOnChecked')}
              </Button>
            )}
            {(running || waits) && mayChange && (
              <Button
                variant="default"
                loading={cancel.isPending}
                aria-label={t('imports.cancelOne', { name })}
                onClick={() =>
                  cancel.mutate(job.id, { onError: (error) => toast(problemText(error), { kind: 'bad' }) })
                }
              >
                {t('common.cancel')}
              </Button>
            )}
          </Group>
        </Group>
      )}
      {(running || checking) && (
        <Progress
          value={percent ?? 100}
          animated={percent === undefined}
          my="xs"
          aria-label={t(checking ? 'imports.checkProgress' : 'imports.progress', { name })}
        />
      )}
      <Group gap="md" mt={4}>
        {job.status !== 'prepared' &&
          FIGURES.filter((figure) => !RARE.includes(figure) || (job[figure] ?? 0) > 0).map((figure) => (
            <Text
              key={figure}
              size="sm"
              c={figure === 'refused' && refused > 0 ? 'var(--ll-bad)' : undefined}
            >
              <b>{formatNumber(job[figure] ?? 0)}</b>{' '}
              {t(waits && figure !== 'rows' ? `imports.wouldBe.${figure}` : `imports.figures.${figure}`)}
            </Text>
          ))}
        {(running || checking) && job.ratePerSecond != null && (
          <Text size="sm" c="dimmed">
            {t('imports.rate', { rate: formatNumber(job.ratePerSecond) })}
            {job.secondsLeft != null &&
              ` · ${t('imports.left', { time: formatSpan(job.secondsLeft * 1000) })}`}
          </Text>
        )}
        {job.totalBytes != null && (
          <Text size="sm" c="dimmed">
            {formatBytes(job.totalBytes)}
          </Text>
        )}
        {refused + (job.skipped ?? 0) > 0 && (
          <Anchor size="sm" href={`/api/v1/imports/${job.id}/errors.csv`} download>
            {t((job.skipped ?? 0) > 0 ? 'imports.errorsAndSkipped' : 'imports.errors')}
          </Anchor>
        )}
      </Group>
      {job.problem && (
        <Text size="sm" c="dimmed" mt={4}>
          {job.problem}
        </Text>
      )}
    </div>
  );
}
