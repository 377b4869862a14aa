import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FieldValue } from '@/components/fields/FieldValue';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { type LeadList, useTableOf } from '../api/calling';
import { type ListLead, useListLeads } from '../api/listLeads';
import classes from './Calling.module.css';
import { useColumnFields } from './listFields';
import { Moves } from './Moves';

const SHORTEST = 3;

function Leads({ list }: { list: LeadList }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [typed] = useDebouncedValue(search.trim(), 250);
  const sought = typed.length < SHORTEST ? '' : typed;
  const table = useTableOf(list.process, true);
  const leads = useListLeads(list.process, list.id, sought);
  const fieldOf = useColumnFields();
  const all = leads.data?.pages.flatMap((page) => page.items) ?? [];
  const columns = table.data?.columns;
  const error = table.error ?? leads.error;
  return (
    <>
      <TextInput
        maw={320}
        mb="sm"
        aria-label={t('calling.leads.search')}
        placeholder={t('calling.leads.search')}
        description={
          search.trim() !== '' && search.trim().length < SHORTEST ? t('calling.leads.short') : undefined
        }
        leftSection={<IconSearch size={14} />}
        value={search}
        maxLength={200}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      {error ? (
        <ProblemAlert
          error={error}
          onRetry={() => {
            void table.refetch();
            void leads.refetch();
          }}
        />
      ) : columns === undefined || leads.isPending ? (
        <PageSkeleton rows={4} />
      ) : all.length === 0 ? (
        <EmptyState
          icon={sought ? IconSearch : IconUsers}
          title={sought ? t('list.nothingFound') : t('calling.leads.none')}
          text={sought ? undefined : t('calling.leads.noneText')}
        />
      ) : (
        <div className={classes.wide}>
          <DataTable
            label={t('calling.leads.of', { name: list.name })}
            items={all}
            rowKey={(lead) => lead.id}
            columns={[
              ...columns.map((column) => ({
                key: column.name,
                label: column.name,
                cell: (lead: ListLead) => (
                  <FieldValue field={fieldOf(column)} value={lead.values[column.name]} compact />
                ),
              })),
              {
                // No column is called so, since names of columns have no blank at the end.
                key: 'lists ',
                label: t('calling.leads.lists'),
                width: 60,
                cell: (lead: ListLead) => (
                  <Moves
                    process={list.process}
                    lead={lead.id}
                    name={String(lead.values['name'] ?? lead.values['phone1'] ?? `#${lead.id}`)}
                  />
                ),
              },
            ]}
          />
        </div>
      )}
      {leads.hasNextPage && (
        <Group justify="center" mt="sm">
          <Button
            variant="default"
            loading={leads.isFetchingNextPage}
            onClick={() => void leads.fetchNextPage()}
          >
            {t('common.loadMore')}
          </Button>
        </Group>
      )}
    </>
  );
}

/** The leads of one list: a page at a time, found by name or number. */
export function LeadsDialog({ list, onClose }: { list: LeadList | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={list !== null}
      onClose={onClose}
      size="80rem"
      title={
        <Group gap="xs">
          <Text fw={600}>{t('calling.leads.of', { name: list?.name ?? '' })}</Text>
          <Text size="sm" c="dimmed">
            {t('calling.leads.count', { count: list?.leads ?? 0 })}
          </Text>
        </Group>
      }
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {list && <Leads key={list.id} list={list} />}
    </Modal>
  );
}
