import { Anchor, Button, Text } from '@mantine/core';
import { IconPlus, IconTable } from '@tabler/icons-react';
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
import { RowButtons } from '../components/RowButtons';
import { useEdited } from '../useEdited';

/** The columns of processes (LEAD-209), for administrators. */
export function TablesPage() {
  const { t } = useTranslation();
  const tables = useTables();
  const removal = useDeleteTable();
  const form = useEdited(tables, (data) => data);
  const [removing, setRemoving] = useState<TableDefinition | null>(null);
  const all = tables.data ?? [];
  const add = (
    <Button leftSection={<IconPlus size={14} />} onClick={form.add}>
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
                <Anchor component="button" type="button" size="sm" ta="left" onClick={() => form.edit(table)}>
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
                <RowButtons
                  edit={{ label: t('calling.edit', { name: table.name }), run: () => form.edit(table) }}
                  remove={{ label: t('calling.delete', { name: table.name }), run: () => setRemoving(table) }}
                />
              ),
            },
          ]}
        />
      )}
      <FormDialog
        opened={form.opened}
        onClose={form.close}
        size="xl"
        title={!form.edited ? t('calling.tables.add') : t('calling.edit', { name: form.edited.name })}
      >
        {form.opened && (
          <TableForm
            key={form.formKey}
            table={form.edited}
            onDone={form.close}
            onLoadAgain={form.loadAgain}
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
