import { Button, Group, Modal, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordData, singular, titleOf } from '@/api/records';
import { FieldInput } from '@/components/fields/FieldInput';
import type { Mergeable } from '@/api/merges';

interface Props {
  entity: Mergeable;
  record: RecordData;
  onClose: () => void;
}

/** Asks with which record another one is to be merged. */
export function MergeWith({ entity, record, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [other, setOther] = useState<number | null>(null);
  const itself = other === record.id;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('merge.withTitle', { name: titleOf(entity, record) })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (other === null || itself) return;
          void navigate({ href: `/merge/${entity}?ids=${encodeURIComponent(`[${record.id},${other}]`)}` });
        }}
      >
        <Stack gap="md">
          <FieldInput
            field={{
              key: 'other',
              type: 'recordLink',
              link: singular(entity),
              options: [],
              mandatory: false,
            }}
            label={t('merge.other')}
            value={other}
            onChange={(value) => setOther(typeof value === 'number' ? value : null)}
            error={itself ? t('merge.itself') : undefined}
            autoFocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={other === null || itself}>
              {t('merge.compare')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
