import { ActionIcon, Button, Group, Menu, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDots, IconPencil, IconPlus, IconSearch, IconTag, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { type DataColumn, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { formatNumber } from '@/lib/format';
import { type Tag, useRestoreTag, useTagList } from '../api/tags';
import { Section } from '../components/Section';
import { DeleteTag } from './DeleteTag';
import { TagForm } from './TagForm';

const SORTS = ['name', '-createdAt', '-updatedAt'] as const;

function RestoreButton({ tag }: { tag: Tag }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const restore = useRestoreTag();
  return (
    <Button
      variant="subtle"
      loading={restore.isPending}
      aria-label={t('settings.tags.restoreOne', { name: tag.name })}
      onClick={() =>
        restore.mutate(tag.id, {
          onSuccess: () => toast(t('settings.tags.restored', { name: tag.name })),
          onError: (error) => toast(problemText(error), { kind: 'bad' }),
        })
      }
    >
      {t('settings.tags.restore')}
    </Button>
  );
}

/** The tags of the account: they are renamed and deleted only here (SET-125 to SET-134). */
export function TagsPage() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 300);
  const [deleted, setDeleted] = useState(false);
  const [sort, setSort] = useState<string>('name');
  const [editing, setEditing] = useState<Tag | 'new' | null>(null);
  const [removing, setRemoving] = useState<Tag | null>(null);
  const mayAdd = useMay('tags', 'create');
  const mayEdit = useMay('tags', 'edit');
  const mayDelete = useMay('tags', 'delete');
  const tags = useTagList({ search, deleted, sort: deleted ? '-deletedAt' : sort });
  const items = tags.data?.pages.flatMap((page) => page.items) ?? [];
  const total = tags.data?.pages[0]?.total ?? 0;
  const add = mayAdd && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
      {t('settings.tags.add')}
    </Button>
  );

  const moments: DataColumn<Tag>[] = deleted
    ? [
        {
          key: 'deleted',
          label: t('settings.tags.deletedAt'),
          width: 170,
          cell: (tag) => <Moment at={tag.deletedAt} exact />,
        },
        { key: 'by', label: t('settings.tags.deletedBy'), cell: (tag) => tag.deletedBy ?? '–' },
        {
          key: 'until',
          label: t('settings.tags.until'),
          width: 170,
          cell: (tag) => <Moment at={tag.restorableUntil} exact />,
        },
      ]
    : [
        {
          key: 'created',
          label: t('settings.tags.createdAt'),
          width: 190,
          cell: (tag) => <Moment at={tag.createdAt} exact />,
        },
        {
          key: 'updated',
          label: t('settings.tags.updatedAt'),
          width: 190,
          cell: (tag) => <Moment at={tag.updatedAt} exact />,
        },
      ];

  const actions = (tag: Tag) =>
    deleted ? (
      mayDelete && <RestoreButton tag={tag} />
    ) : mayEdit || mayDelete ? (
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('settings.tags.menu', { name: tag.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayEdit && (
            <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setEditing(tag)}>
              {t('common.edit')}
            </Menu.Item>
          )}
          {mayDelete && (
            <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => setRemoving(tag)}>
              {t('common.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    ) : null;

  return (
    <Section title={t('settings.pages.tags')} text={t('settings.tags.what')} action={add}>
      <Group mb="sm" gap="xs">
        <SegmentedControl
          aria-label={t('settings.tags.view')}
          value={deleted ? 'deleted' : 'live'}
          onChange={(next) => setDeleted(next === 'deleted')}
          data={[
            { value: 'live', label: t('settings.tags.live') },
            { value: 'deleted', label: t('settings.tags.deletedOnes') },
          ]}
        />
        <TextInput
          aria-label={t('settings.tags.search')}
          placeholder={t('settings.tags.search')}
          leftSection={<IconSearch size={14} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          style={{ flex: '1 1 180px', maxWidth: 320 }}
        />
        {!deleted && (
          <Select
            aria-label={t('settings.tags.sort')}
            data={SORTS.map((value) => ({ value, label: t(`settings.tags.sorts.${value}`) }))}
            value={sort}
            onChange={(next) => setSort(next ?? 'name')}
            allowDeselect={false}
            w={170}
          />
        )}
      </Group>
      {tags.error ? (
        <ProblemAlert error={tags.error} onRetry={() => void tags.refetch()} />
      ) : tags.isPending ? (
        <PageSkeleton />
      ) : items.length === 0 ? (
        <EmptyState
          icon={IconTag}
          title={t(
            search
              ? 'settings.tags.nothingFound'
              : deleted
                ? 'settings.tags.noneDeleted'
                : 'settings.tags.empty',
          )}
          text={t(
            search
              ? 'settings.tags.nothingFoundText'
              : deleted
                ? 'settings.tags.noneDeletedText'
                : 'settings.tags.emptyText',
          )}
        />
      ) : (
        <>
          <DataTable
            label={t('settings.pages.tags')}
            items={items}
            rowKey={(tag) => tag.id}
            columns={[
              {
                key: 'name',
                label: t('settings.tags.name'),
                cell: (tag) => <span style={{ overflowWrap: 'anywhere' }}>{tag.name}</span>,
              },
              ...moments,
              { key: 'actions', label: '', width: deleted ? 130 : 56, cell: actions },
            ]}
          />
          <Group justify="space-between" mt="sm">
            <Text size="sm" c="dimmed" role="status">
              {t('settings.tags.count', { count: total, number: formatNumber(total) })}
            </Text>
            {tags.hasNextPage && (
              <Button
                variant="default"
                loading={tags.isFetchingNextPage}
                onClick={() => void tags.fetchNextPage()}
              >
                {t('common.loadMore')}
              </Button>
            )}
          </Group>
        </>
      )}
      <FormDialog
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={
          editing === 'new' || editing === null
            ? t('settings.tags.add')
            : t('settings.tags.editOne', { name: editing.name })
        }
      >
        {editing !== null && (
          <TagForm tag={editing === 'new' ? null : editing} onDone={() => setEditing(null)} />
        )}
      </FormDialog>
      {removing && <DeleteTag key={removing.id} tag={removing} onClose={() => setRemoving(null)} />}
    </Section>
  );
}
