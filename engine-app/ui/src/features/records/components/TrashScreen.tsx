import { Anchor, Button, Checkbox, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconArrowBackUp, IconSearch, IconTrash, IconTrashX } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Entity, type RecordData, text, singular, titleOf } from '@/api/records';
import { allows, useMayWith, useRights } from '@/api/rights';
import { isAdministrator, useSession } from '@/api/session';
import { useSeenFields } from '@/api/useSeenFields';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Scrolling } from '@/components/Scrolling';
import { searchFilter } from '@/lib/searchFilter';
import { useTrash } from '../api/getTrash';
import { EraseDialog } from './EraseDialog';
import { RestoreDialog } from './RestoreDialog';

const KINDS = ['leads', 'contacts', 'accounts', 'opportunities', 'tasks', 'notes'] as const;
type Kind = (typeof KINDS)[number];

/** What tells one record from another of the same name. */
function detailOf(entity: Entity, record: RecordData): string {
  const keys = entity === 'tasks' ? ['notes'] : ['industry', 'city', 'website'];
  return keys
    .map((key) => text(record, key))
    .filter(Boolean)
    .join(' · ');
}

function Name({ entity, record }: { entity: Kind; record: RecordData }) {
  // A note has no page of its own.
  if (entity === 'notes') return text(record, 'text');
  return (
    <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/${entity}/${record.id}`} />}>
      {titleOf(entity, record)}
    </Anchor>
  );
}

function TrashOf({ entity, q }: { entity: Kind; q: string | undefined }) {
  const { t } = useTranslation();
  const seen = useSeenFields(entity, Boolean(q));
  const filter = searchFilter(entity, q, undefined, seen);
  const trash = useTrash(entity, filter, seen.known);
  const mayRestore = useMayWith(entity, 'delete');
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const [asking, setAsking] = useState(false);
  const [erasing, setErasing] = useState(false);
  const administrator = isAdministrator(useSession().data);
  const items = trash.data?.pages.flatMap((page) => page.items) ?? [];
  if (trash.error && items.length === 0) {
    return <ProblemAlert error={trash.error} onRetry={() => void trash.refetch()} />;
  }
  if (trash.isPending) return <PageSkeleton />;
  if (items.length === 0) {
    return q ? (
      <EmptyState icon={IconSearch} title={t('list.nothingFound')} />
    ) : (
      <EmptyState icon={IconTrash} title={t('trash.empty')} text={t('trash.emptyText')} />
    );
  }
  const chosen = items.filter((record) => ids.has(record.id));
  const toggle = (id: number) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    setIds(next);
  };
  const people = entity === 'leads' || entity === 'contacts';
  return (
    <>
      {mayRestore && (
        <Group justify="space-between" mih={36} mb={4}>
          <Checkbox
            size="xs"
            label={t('list.selectAll')}
            checked={chosen.length === items.length}
            indeterminate={chosen.length > 0 && chosen.length < items.length}
            onChange={(event) =>
              setIds(new Set(event.currentTarget.checked ? items.map((record) => record.id) : []))
            }
          />
          <Group gap="xs">
            {administrator && (
              <Button
                variant="default"
                leftSection={<IconTrashX size={14} />}
                onClick={() => setErasing(true)}
              >
                {t('trash.erase')}
              </Button>
            )}
            {chosen.length > 0 && (
              <Button leftSection={<IconArrowBackUp size={14} />} onClick={() => setAsking(true)}>
                {t('trash.restore')}
              </Button>
            )}
          </Group>
        </Group>
      )}
      <DataTable
        label={t('nav.trash')}
        items={items}
        rowKey={(record) => record.id}
        selected={(record) => ids.has(record.id)}
        columns={[
          ...(mayRestore
            ? [
                {
                  key: 'chosen',
                  label: '',
                  width: 36,
                  cell: (record: RecordData) => (
                    <Checkbox
                      size="xs"
                      aria-label={t('list.select', { name: titleOf(entity, record) })}
                      checked={ids.has(record.id)}
                      onChange={() => toggle(record.id)}
                    />
                  ),
                },
              ]
            : []),
          {
            key: 'name',
            label: t(entity === 'notes' ? 'record.notes' : 'common.name'),
            cell: (record) => <Name entity={entity} record={record} />,
          },
          ...(people
            ? (['email', 'phone'] as const).map((key) => ({
                key,
                label: t(`trash.${key}`),
                cell: (record: RecordData) => text(record, key),
              }))
            : entity === 'notes'
              ? []
              : [
                  {
                    key: 'detail',
                    label: t('trash.detail'),
                    cell: (record: RecordData) => detailOf(entity, record),
                  },
                ]),
          {
            key: 'since',
            label: t('trash.since'),
            width: 150,
            cell: (record) => <Moment at={record.trashedAt} />,
          },
        ]}
      />
      {trash.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={trash.isFetchingNextPage}
          onClick={() => void trash.fetchNextPage()}
        >
          {t('common.loadMore')}
        </Button>
      )}
      {erasing && (
        <EraseDialog
          entity={entity}
          ids={chosen.map((record) => record.id)}
          filter={filter}
          onClose={() => setErasing(false)}
          onDone={() => setIds(new Set())}
        />
      )}
      <RestoreDialog
        entity={entity}
        chosen={chosen}
        opened={asking}
        onClose={() => setAsking(false)}
        onDone={() => setIds(new Set())}
      />
    </>
  );
}

/** What was deleted and can be had back (LEAD-110, LEAD-111, ENG-126 to ENG-130). */
export function TrashScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { entity: wanted, q } = useSearch({ from: '/shell/trash' });
  const rights = useRights().data;
  const kinds = KINDS.filter((kind) => allows(rights, singular(kind), 'view'));
  const entity = kinds.find((kind) => kind === wanted) ?? kinds[0] ?? 'leads';
  const [typed, setTyped] = useState(q ?? '');
  const set = (change: { entity?: string; q?: string | undefined }) =>
    void navigate({ to: '/trash', search: (before) => ({ ...before, ...change }), replace: true });
  const search = useDebouncedCallback((next: string) => set({ q: next || undefined }), 250);
  return (
    <Page
      title={t('nav.trash')}
      tools={
        <Group gap="xs">
          <Scrolling>
            <SegmentedControl
              aria-label={t('trash.of')}
              value={entity}
              onChange={(next) => set({ entity: next })}
              data={kinds.map((kind) => ({
                value: kind,
                label: kind === 'notes' ? t('record.notes') : t(`nav.${kind}`),
              }))}
            />
          </Scrolling>
          <TextInput
            size="xs"
            w={220}
            aria-label={t('trash.search')}
            placeholder={t('trash.search')}
            leftSection={<IconSearch size={14} />}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              search(event.currentTarget.value);
            }}
          />
        </Group>
      }
    >
      <TrashOf key={entity} entity={entity} q={q} />
    </Page>
  );
}
