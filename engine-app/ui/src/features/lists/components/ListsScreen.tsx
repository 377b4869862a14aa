import { ActionIcon, Anchor, Button, Modal, Stack, TextInput } from '@mantine/core';
import { IconListDetails, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type StaticList, useLists } from '@/api/getLists';
import { useMay } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { formatNumber } from '@/lib/format';
import { useCreateList, useDeleteList } from '../api/changeLists';

export function ListsScreen() {
  const { t } = useTranslation();
  const lists = useLists();
  const create = useCreateList();
  const remove = useDeleteList();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<StaticList | null>(null);
  const [name, setName] = useState('');

  const mayDelete = useMay('list', 'delete');
  const add = useMay('list', 'create') && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
      {t('lists.add')}
    </Button>
  );

  return (
    <Page
      title={t('nav.lists')}
      actions={
        <>
          <Button variant="default" renderRoot={(props) => <AppLink {...props} href="/smart-lists" />}>
            {t('smart.title')}
          </Button>
          {add}
        </>
      }
    >
      {lists.error ? (
        <ProblemAlert error={lists.error} onRetry={() => void lists.refetch()} />
      ) : lists.isPending ? (
        <PageSkeleton />
      ) : lists.data.length === 0 ? (
        <EmptyState icon={IconListDetails} title={t('lists.empty')} text={t('lists.emptyText')}>
          {add}
        </EmptyState>
      ) : (
        <DataTable
          label={t('nav.lists')}
          items={lists.data}
          rowKey={(list) => list.id}
          columns={[
            {
              key: 'name',
              label: t('common.name'),
              cell: (list) => (
                <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/lists/${list.id}`} />}>
                  {list.name}
                </Anchor>
              ),
            },
            { key: 'description', label: t('lists.description'), cell: (list) => list.description },
            {
              key: 'members',
              label: t('lists.members'),
              numeric: true,
              width: 110,
              cell: (list) => (list.members == null ? '' : formatNumber(list.members)),
            },
            {
              key: 'created',
              label: t('lists.created'),
              width: 140,
              cell: (list) => <Moment at={list.createdAt} />,
            },
            {
              key: 'actions',
              label: '',
              width: 48,
              cell: (list) =>
                mayDelete && (
                  <ActionIcon
                    aria-label={t('lists.delete', { name: list.name })}
                    onClick={() => setRemoving(list)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                ),
            },
          ]}
        />
      )}
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('lists.add')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate(
              { name: name.trim() },
              {
                onSuccess: () => {
                  setAdding(false);
                  setName('');
                },
              },
            );
          }}
        >
          <Stack gap="sm">
            {create.error && <ProblemAlert error={create.error} />}
            <TextInput
              label={t('common.name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={120}
              required
              data-autofocus
            />
            <Button type="submit" disabled={!name.trim()} loading={create.isPending}>
              {t('common.create')}
            </Button>
          </Stack>
        </form>
      </Modal>
      <RemovalDialog
        what={removing?.id ?? null}
        removal={remove}
        title={t('lists.deleteTitle', { name: removing?.name ?? '' })}
        confirm={t('common.delete')}
        onClose={() => setRemoving(null)}
      >
        {t('lists.deleteText')}
      </RemovalDialog>
    </Page>
  );
}
