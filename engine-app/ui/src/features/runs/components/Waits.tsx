import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { incidentText, type Run } from '@/api/getRun';
import { formatMoment } from '@/lib/format';
import type { RunAction } from '../api/runActions';

/** What a run waits for, and why it stands still, with the ways on. */
export function Waits({
  run,
  mayAct,
  onAction,
  busy,
}: {
  run: Run;
  mayAct: boolean;
  onAction: (action: RunAction) => void;
  busy: boolean;
}) {
  const { t } = useTranslation();
  const waits = run.waits ?? [];
  const incident = incidentText(run.incident);
  if (run.status !== 'failed' && run.status !== 'waiting') return null;
  return (
    <Stack gap="xs" mb="md">
      {run.status === 'failed' && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('run.failed')}>
          {incident && (
            <Text size="sm" mb="xs" style={{ overflowWrap: 'anywhere' }}>
              {incident}
            </Text>
          )}
          {mayAct && waits.every((wait) => wait.kind !== 'failed' && wait.kind !== 'failure') && (
            <Group gap="xs">
              <Button
                loading={busy}
                onClick={() => onAction({ kind: 'retry', ...(waits[0] ? { wait: waits[0].id } : {}) })}
              >
                {t('run.retry')}
              </Button>
              <Button
                variant="default"
                loading={busy}
                onClick={() => onAction({ kind: 'skip', ...(waits[0] ? { wait: waits[0].id } : {}) })}
              >
                {t('run.skip')}
              </Button>
            </Group>
          )}
        </Alert>
      )}
      {waits.map((wait) => {
        const failed = wait.kind === 'failed' || wait.kind === 'failure';
        return (
          <Alert
            key={wait.id}
            color={failed ? 'red' : 'yellow'}
            p="xs"
            icon={failed ? <IconAlertTriangle size={18} /> : <IconHourglass size={18} />}
          >
            <Text size="sm">
              {wait.message ??
                (wait.due
                  ? t('run.waitsUntil', { when: formatMoment(wait.due) })
                  : t('run.waitsFor', { what: wait.event ?? wait.card ?? '' }))}
            </Text>
            {failed && mayAct && (
              <Group gap="xs" mt="xs">
                <Button loading={busy} onClick={() => onAction({ kind: 'retry', wait: wait.id })}>
                  {t('run.retry')}
                </Button>
                <Button
                  variant="default"
                  loading={busy}
                  onClick={() => onAction({ kind: 'skip', wait: wait.id })}
                >
                  {t('run.skip')}
                </Button>
              </Group>
            )}
          </Alert>
        );
      })}
    </Stack>
  );
}
