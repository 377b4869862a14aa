import { Badge, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldType } from '@/api/getSchema';
import { DataTable } from '@/components/DataTable';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { type Process, useTableOf } from '../api/calling';

/** The columns of a process as its supervisors read them (LEAD-003). */
export function ColumnsDialog({
  process,
  opened,
  onClose,
}: {
  process: Process;
  opened: boolean;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const table = useTableOf(process.id, opened);
  const typeName = (type: string) => {
    const name = type.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    return i18n.exists(`fieldTypes.${name}`) ? t(`fieldTypes.${name as FieldType}`) : type;
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('calling.tables.of', { name: process.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {table.error ? (
        <ProblemAlert error={table.error} onRetry={() => void table.refetch()} />
      ) : table.isPending ? (
        <PageSkeleton />
      ) : (
        <DataTable
          label={t('calling.tables.columns')}
          items={table.data.columns}
          rowKey={(column) => column.field}
          columns={[
            { key: 'name', label: t('calling.tables.column'), cell: (column) => column.name },
            { key: 'field', label: t('calling.tables.field'), cell: (column) => column.label },
            { key: 'type', label: t('calling.tables.type'), cell: (column) => typeName(column.type) },
            {
              key: 'marks',
              label: t('calling.tables.marks'),
              cell: (column) => (
                <Group gap={4}>
                  {column.primary && <Badge>{t('calling.tables.primary')}</Badge>}
                  {column.unique && !column.primary && (
                    <Badge color="gray">{t('calling.tables.unique')}</Badge>
                  )}
                  {column.nullable && <Badge color="gray">{t('calling.tables.nullable')}</Badge>}
                </Group>
              ),
            },
          ]}
        />
      )}
    </Modal>
  );
}
