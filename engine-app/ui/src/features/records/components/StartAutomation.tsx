import { Button, Modal, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAutomations } from '@/api/getAutomations';
import type { Entity, RecordData } from '@/api/records';
import { useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useStartAutomation } from '../api/startAutomation';

interface Props {
  entity: Entity;
  record: RecordData;
  opened: boolean;
  onClose: () => void;
}

/** Starts a published automation for one record. */
export function StartAutomation({ entity, record, opened, onClose }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [chosen, setChosen] = useState<string | null>(null);
  const automations = useAutomations(opened).data ?? [];
  const start = useStartAutomation(entity);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('bulk.offer.start-automation')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Select
          label={t('bulk.which')}
          description={t('bulk.whichText')}
          data={automations
            .filter((entry) => entry.state === 'published')
            .map((entry) => ({ value: String(entry.id), label: entry.name }))}
          value={chosen}
          onChange={setChosen}
          nothingFoundMessage={t('bulk.nonePublished')}
          searchable
          data-autofocus
        />
        <Button
          disabled={!chosen}
          loading={start.isPending}
          onClick={() =>
            start.mutate(
              { id: record.id, automation: Number(chosen) },
              {
                onSuccess: () => {
                  toast(t('bulk.done.start-automation', { count: 1 }));
                  onClose();
                },
                onError: (error) => {
                  toast(problemText(error), { kind: 'bad' });
                  onClose();
                },
              },
            )
          }
        >
          {t('bulk.confirm.start-automation')}
        </Button>
      </Stack>
    </Modal>
  );
}
