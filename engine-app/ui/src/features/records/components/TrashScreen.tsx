import { Anchor, Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconArrowBackUp, IconSearch, IconTrash } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRestoreRecord } from '@/api/changeRecord';
import { type Entity, type RecordData, text, singular, titleOf } from '@/api/records';
import { allows, useMayWith, useRights } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { Scrolling } from '@/components/Scrolling';
import { toast } from '@/components/toasts';
import { useTrash } from '../api/getTrash';

const KINDS = ['leads', 'contacts', 'accounts', 'tasks', 'notes'] as const;
type Kind = (typeof KINDS)[number];

/** What tells one record from another of the same name. */
function detailOf(entity: Entity, record: RecordData): string {
  const keys =
    entity === 'tasks'
      ? ['notes']
      : entity === 'accounts'
        ? ['industry', 'city', 'website']
        : ['email', 'company', 'city'];
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
  const problemText = useProblemText();
  const trash = useTrash(entity, q);
  const restore = useRestoreRecord(entity);
  const mayRestore = useMayWith(entity, 'delete');
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
  const bringBack = (record: RecordData) =>
    restore.mutate(record.id, {
      onSuccess: () => toast(t('trash.restored', { name: titleOf(entity, record) })),
      onError: (error) => toast(problemText(error), { kind: 'bad' }),
    });
  return (
    <>
      <DataTable
        label={t('nav.trash')}
        items={items}
        rowKey={(record) => record.id}
        columns={[
          {
            key: 'name',
            label: t(entity === 'notes' ? 'record.notes' : 'common.name'),
            cell: (record) => <Name entity={entity} record={record} />,
          },
          ...(entity === 'notes'
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
          ...(mayRestore
            ? [
                {
                  key: 'actions',
                  label: '',
                  width: 120,
                  cell: (record: RecordData) => (
                    <Button
                      variant="subtle"
                      leftSection={<IconArrowBackUp size={14} />}
                      loading={restore.isPending && restore.variables === record.id}
                      onClick={() => bringBack(record)}
                      aria-label={t('trash.restoreOne', { name: titleOf(entity, record) })}
                    >
                      {t('trash.restore')}
                    </Button>
                  ),
                },
              ]
            : []),
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
    </>
  );
}

/** What was deleted and can be had back (LEAD-110, LEAD-111). */
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
      <TrashOf entity={entity} q={q} />
    </Page>
  );
}
