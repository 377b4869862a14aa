import { ActionIcon, Anchor, Button, Group, Text } from '@mantine/core';
import { IconPencil, IconPlus, IconTable, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { type TableDefinition, useDeleteTable, useTables } from '../api/calling';
import { Section } from '../components/Section';
import { TableForm } from './TableForm';

/** The columns of processes (LEAD-209), for administrators. */
export function TablesPage() {
  const { t } = useTranslation();
  const tables = useTables();
  const removal = useDeleteTable();
  const [editing, setEditing] = useState<TableDefinition | 'new' | null>(null);
  const [removing, setRemoving] = useState<TableDefinition | null>(null);
  const all = tables.data ?? [];
  const loadAgain = async () => {
    const present = await tables.refetch();
    const edited = editing;
    if (!present.isSuccess || edited === null || edited === 'new') return;
    setEditing(present.data.find((table) => table.id === edited.id) ?? null);
  };
  const add = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
      {t('calling.tables.add')}
    </Button>
  );
  return (
    <Section
      title={t('settings.pages.tables')}
      text={t('calling.tables.what')}
      action={all.length > 0 && add}
    >
      {tables.error ? (
        <ProblemAlert error={tables.error} onRetry={() => void tables.refetch()} />
      ) : tables.isPending ? (
        <PageSkeleton />
      ) : all.length === 0 ? (
        <EmptyState icon={IconTable} title={t('calling.tables.none')} text={t('calling.tables.noneText')}>
          {add}
        </EmptyState>
      ) : (
        <DataTable
          label={t('settings.pages.tables')}
          items={all}
          rowKey={(table) => table.id}
          columns={[
            {
              key: 'name',
              label: t('common.name'),
              width: 240,
              cell: (table) => (
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  ta="left"
                  onClick={() => setEditing(table)}
                >
                  {table.name}
                </Anchor>
              ),
            },
            {
              key: 'columns',
              label: t('calling.tables.columns'),
              cell: (table) => (
                <Text span size="sm" lineClamp={2}>
                  {table.columns.map((column) => column.name).join(', ')}
                </Text>
              ),
            },
            {
              key: 'processes',
              label: t('settings.pages.processes'),
              numeric: true,
              width: 100,
              cell: (table) => table.processes,
            },
            {
              key: 'actions',
              label: '',
              width: 88,
              cell: (table) => (
                <Group gap={4} wrap="nowrap" justify="flex-end">
                  <ActionIcon
                    aria-label={t('calling.edit', { name: table.name })}
                    onClick={() => setEditing(table)}
                  >
                    <IconPencil size={16} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={t('calling.delete', { name: table.name })}
                    onClick={() => setRemoving(table)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              ),
            },
          ]}
        />
      )}
      <FormDialog
        opened={editing !== null}
        onClose={() => setEditing(null)}
        size="xl"
        title={
          editing === null || editing === 'new'
            ? t('calling.tables.add')
            : t('calling.edit', { name: editing.name })
        }
      >
        {editing && (
          <TableForm
            key={editing === 'new' ? editing : `${editing.id}/${editing.version}`}
            table={editing === 'new' ? undefined : editing}
            onDone={() => setEditing(null)}
            onLoadAgain={() => void loadAgain()}
          />
        )}
      </FormDialog>
      <RemovalDialog
        what={removing?.id ?? null}
        removal={removal}
        title={t('calling.delete', { name: removing?.name ?? '' })}
        confirm={t('common.delete')}
        onClose={() => setRemoving(null)}
      >
        {t('calling.tables.deleteText')}
      </RemovalDialog>
    </Section>
  );
}
