import { Alert, Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRestoreRecord } from '@/api/changeRecord';
import { type Entity, type RecordData, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { Moment } from '@/components/Moment';
import { useProblemText, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { RestoreDialog } from './RestoreDialog';

/** Says that a record is in the trash, and brings it back. */
export function InTrash({ entity, record }: { entity: Entity; record: RecordData }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [asking, setAsking] = useState(false);
  const restore = useRestoreRecord(entity);
  const mayRestore = useMayWith(entity, 'delete', record);
  return (
    <Alert color="gray" icon={<IconTrash size={18} />} title={t('trash.here')} p="sm">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {t('trash.hereText')} {t('trash.since')}: <Moment at={record.trashedAt} />
        </Text>
        {mayRestore && (
          <Button
            leftSection={<IconArrowBackUp size={14} />}
            loading={restore.isPending}
            onClick={() =>
              restore.mutate(
                { id: record.id },
                {
                  onSuccess: () => toast(t('trash.restored', { name: titleOf(entity, record) })),
                  onError: (error) => {
                    if (
                      entity === 'opportunities' &&
                      violationsOf(error).some(({ field }) => field === 'stage')
                    )
                      setAsking(true);
                    else toast(problemText(error), { kind: 'bad' });
                  },
                },
              )
            }
          >
            {t('trash.restore')}
          </Button>
        )}
        <RestoreDialog
          entity={entity}
          chosen={[record]}
          opened={asking}
          stageGone
          onClose={() => setAsking(false)}
        />
      </Group>
    </Alert>
  );
}
