import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import type { RecordData } from '@/api/records';
import { FieldValue, isEmpty } from '@/components/fields/FieldValue';

export interface Conflict {
  field: Field;
  yours: unknown;
  current: RecordData;
  /** Why the reader changes it, where that was asked. */
  comment: string;
}

interface Props {
  conflict: Conflict | null;
  busy: boolean;
  onKeepTheirs: () => void;
  onUseMine: () => void;
}

/** Two people changed the same value: both are shown, the reader decides. */
export function ConflictDialog({ conflict, busy, onKeepTheirs, onUseMine }: Props) {
  const { t } = useTranslation();
  const shown = (value: unknown) =>
    conflict && !isEmpty(value) ? (
      <FieldValue field={conflict.field} value={value} />
    ) : (
      <i>{t('record.emptyValue')}</i>
    );
  return (
    <Modal
      opened={conflict !== null}
      onClose={onKeepTheirs}
      title={t('conflict.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {conflict && (
        <Stack gap="md">
          <Text size="sm">{t('conflict.text', { field: conflict.field.label })}</Text>
          <Table withTableBorder>
            <Table.Tbody>
              <Table.Tr>
                <Table.Th w={140}>{t('conflict.theirs')}</Table.Th>
                <Table.Td>{shown(conflict.current.values[conflict.field.key])}</Table.Td>
              </Table.Tr>
              <Table.Tr>
                <Table.Th>{t('conflict.yours')}</Table.Th>
                <Table.Td>{shown(conflict.yours)}</Table.Td>
              </Table.Tr>
            </Table.Tbody>
          </Table>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onKeepTheirs}>
              {t('conflict.keepTheirs')}
            </Button>
            <Button onClick={onUseMine} loading={busy}>
              {t('conflict.useMine')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
