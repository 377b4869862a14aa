import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { formatNumber } from '@/lib/format';
import { useConsumers, useDeadLetters, useJournalAction } from '../api/journal';
import { Section } from './Section';

export function JournalPage() {
  const { t } = useTranslation();
  const mayEdit = useMay('journal', 'edit');
  const problemText = useProblemText();
  const consumers = useConsumers();
  const letters = useDeadLetters();
  const action = useJournalAction();
  const [discarding, setDiscarding] = useState<string | null>(null);
  const run = (what: Parameters<typeof action.mutate>[0]) =>
    action.mutate(what, {
      onSuccess: () => {
        setDiscarding(null);
        toast(t(`settings.journal.did.${what.what}`));
      },
      onError: (error) => toast(problemText(error), { kind: 'bad' }),
    });
  return (
    <Section title={t('settings.pages.journal')} text={t('settings.journal.what')}>
      <Stack gap="lg">
        {consumers.error ? (
          <ProblemAlert error={consumers.error} onRetry={() => void consumers.refetch()} />
        ) : consumers.isPending ? (
          <PageSkeleton rows={2} />
        ) : (
          <DataTable
            label={t('settings.journal.consumers')}
            items={consumers.data}
            rowKey={(consumer) => consumer.name}
            columns={[
              { key: 'name', label: t('settings.journal.consumer'), cell: (consumer) => consumer.name },
              {
                key: 'lag',
                label: t('settings.journal.lag'),
                numeric: true,
                cell: (consumer) => formatNumber(consumer.lag ?? 0),
              },
              {
                key: 'parked',
                label: t('settings.journal.parked'),
                numeric: true,
                cell: (consumer) => formatNumber(consumer.parked ?? 0),
              },
              {
                key: 'dead',
                label: t('settings.journal.dead'),
                numeric: true,
                cell: (consumer) => formatNumber(consumer.dead ?? 0),
              },
              {
                key: 'actions',
                label: '',
                width: 110,
                cell: (consumer) =>
                  mayEdit && (
                    <Button
                      variant="subtle"
                      onClick={() =>
                        run({ consumer: consumer.name, what: consumer.paused ? 'resume' : 'pause' })
                      }
                    >
                      {t(consumer.paused ? 'settings.journal.resume' : 'settings.journal.pause')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
        <div>
          <Title order={3} mb="xs">
            {t('settings.journal.deadLetters')}
          </Title>
          {letters.error ? (
            <ProblemAlert error={letters.error} onRetry={() => void letters.refetch()} />
          ) : letters.data?.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('settings.journal.none')}
            </Text>
          ) : (
            <DataTable
              label={t('settings.journal.deadLetters')}
              items={letters.data ?? []}
              rowKey={(letter) => letter.id}
              columns={[
                {
                  key: 'subject',
                  label: t('settings.journal.event'),
                  cell: (letter) => `${letter.kind ?? ''} ${letter.subject ?? ''}`,
                },
                { key: 'consumer', label: t('settings.journal.consumer'), cell: (letter) => letter.consumer },
                { key: 'error', label: t('settings.journal.error'), cell: (letter) => letter.error },
                {
                  key: 'at',
                  label: t('settings.journal.since'),
                  width: 130,
                  cell: (letter) => <Moment at={letter.parkedAt} />,
                },
                {
                  key: 'actions',
                  label: '',
                  width: 180,
                  cell: (letter) =>
                    mayEdit && (
                      <Group gap={4} wrap="nowrap">
                        <Button variant="subtle" onClick={() => run({ letter: letter.id, what: 'replay' })}>
                          {t('settings.journal.replay')}
                        </Button>
                        <Button variant="subtle" color="red" onClick={() => setDiscarding(letter.id)}>
                          {t('settings.journal.discard')}
                        </Button>
                      </Group>
                    ),
                },
              ]}
            />
          )}
        </div>
      </Stack>
      <Modal
        opened={discarding !== null}
        onClose={() => setDiscarding(null)}
        title={t('settings.journal.discardTitle')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack>
          <Text size="sm">{t('settings.journal.discardText')}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setDiscarding(null)}>
              {t('common.cancel')}
            </Button>
            <Button
              color="red"
              loading={action.isPending}
              onClick={() => discarding !== null && run({ letter: discarding, what: 'discard' })}
            >
              {t('settings.journal.discard')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Section>
  );
}
