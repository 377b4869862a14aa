import { Button, Group, NumberInput, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { useProblemText } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { formatNumber, formatSpan } from '@/lib/format';
import { type ImportJob, mayStart, useChangeStarts } from '../api/imports';
import classes from './Imports.module.css';
import { FASTEST, paceOf } from './StartAutomations';

const MINUTE = 60_000;

/** The automations that the rows start so many a minute: how many wait, and how that is changed. */
export function WaitingStarts({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const mayChange = useMay('imports', 'create');
  const change = useChangeStarts(job.id);
  const [pace, setPace] = useState<number | string | null>(null);
  const [dropping, setDropping] = useState<'dropped' | null>(null);
  const { starts } = job;
  if (!starts) return null;
  const { state, perMinute, waiting } = starts;
  const wanted = paceOf(pace ?? perMinute);
  const set = (to: 'held' | 'open', next?: number) =>
    change.mutate(next === undefined ? { state: to } : { state: to, perMinute: next }, {
      onSuccess: () => setPace(null),
      onError: (error) => toast(problemText(error), { kind: 'bad' }),
    });
  const drains = mayStart(job);
  return (
    <section className={classes.job} aria-labelledby="waiting-starts">
      <Title order={3} fz="sm" id="waiting-starts">
        {t('imports.starts.title')}
      </Title>
      <Text size="sm" mt={4} role="status">
        {t('imports.starts.figures', {
          waiting: formatNumber(waiting),
          started: formatNumber(starts.started),
        })}
        {starts.dropped > 0 && ` ${t('imports.starts.dropped', { number: formatNumber(starts.dropped) })}`}
      </Text>
      {drains && (
        <Text size="sm" c="dimmed">
          {state === 'open'
            ? t('imports.starts.atOnce')
            : t('imports.starts.pace', { number: formatNumber(perMinute) })}
          {state === 'held' && waiting > 0 && (
            <> {t('imports.left', { time: formatSpan(Math.ceil(waiting / perMinute) * MINUTE) })}</>
          )}
        </Text>
      )}
      {drains && mayChange && (
        <Group gap="xs" mt="xs" align="end">
          <NumberInput
            label={t('imports.starts.perMinute')}
            value={pace ?? perMinute}
            onChange={setPace}
            min={1}
            max={FASTEST}
            allowDecimal={false}
            w={150}
          />
          <Button
            variant="default"
            disabled={wanted === null || (state === 'held' && wanted === perMinute)}
            loading={change.isPending}
            onClick={() => wanted !== null && set('held', wanted)}
          >
            {t('imports.starts.changePace')}
          </Button>
          {state === 'held' && (
            <Button variant="default" disabled={change.isPending} onClick={() => set('open')}>
              {t('imports.starts.open')}
            </Button>
          )}
          <Button variant="default" disabled={change.isPending} onClick={() => setDropping('dropped')}>
            {t('imports.starts.drop')}
          </Button>
        </Group>
      )}
      <RemovalDialog
        what={dropping}
        removal={{
          isPending: change.isPending,
          mutate: (to, then) => change.mutate({ state: to }, then),
        }}
        title={t('imports.starts.dropTitle')}
        confirm={t('imports.starts.drop')}
        onClose={() => setDropping(null)}
      >
        {t('imports.starts.dropText', { number: formatNumber(waiting) })}
      </RemovalDialog>
    </section>
  );
}
