import { ActionIcon, Badge, Button, CloseButton, Group, Popover, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback, useLocalStorage } from '@mantine/hooks';
import { type Icon, IconFilter, IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chosen } from '@/api/bulkActions';
import { useRecordPages } from '@/api/listRecords';
import type { Entity } from '@/api/records';
import { useFields } from '@/api/getSchema';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatNumber } from '@/lib/format';
import { allOf, searchFilter } from '@/lib/searchFilter';
import { ColumnChooser } from './ColumnChooser';
import { FilterChips } from './FilterChips';
import classes from './ListPage.module.css';
import type { ListSearch } from './listSearch';
import { RecordGrid } from './RecordGrid';
import { NOTHING, type Selection } from './selection';

const FilterBuilder = lazy(() =>
  import('./FilterBuilder').then((module) => ({ default: module.FilterBuilder })),
);

interface Props {
  entity: Entity;
  title: string;
  icon: Icon;
  search: ListSearch;
  onSearch: (change: Partial<ListSearch>) => void;
  defaultColumns: string[];
  defaultSort: string;
  cardFields: string[];
  memberships: boolean;
  addLabel: string;
  /** Undefined for who may not add any. */
  onAdd: (() => void) | undefined;
  emptyTitle: string;
  emptyText: string;
  /** What can be done to the selected records. */
  bulk?: ((chosen: Chosen, count: number, done: () => void) => ReactNode) | undefined;
  /** Ready-made filters as tabs. */
  views?: { label: string; filter: string | undefined }[] | undefined;
}

/** The list of one kind of record: search, filter, columns, order, selection; all of it in the address. */
export function ListPage(props: Props) {
  const { entity, title, icon, search, onSearch, defaultColumns, defaultSort, bulk, views } = props;
  const { t } = useTranslation();
  const fields = useFields(entity);
  const [selection, setRows] = useState(NOTHING);
  /** The selection is all that match, also what is not loaded. */
  const [everything, setEverything] = useState(false);
  const setSelection = useCallback((next: Selection) => {
    setRows(next);
    setEverything(false);
  }, []);
  const [builderOpen, setBuilderOpen] = useState(false);
  const [typed, setTyped] = useState(search.q ?? '');
  const [kept, setKept] = useLocalStorage<string[] | null>({
    key: `leadloom.columns.${entity}`,
    defaultValue: null,
  });

  const sort = search.sort ?? defaultSort;
  const wanted = search.columns?.split(',') ?? kept ?? defaultColumns;
  const wantedKey = wanted.join(',');
  const columns = useMemo(() => {
    const all = fields.data ?? [];
    const keys = wantedKey.split(',');
    return keys.map((key) => all.find((field) => field.key === key)).filter((field) => field !== undefined);
  }, [fields.data, wantedKey]);

  const filter = allOf(search.filter, searchFilter(entity, search.q));
  const pages = useRecordPages(entity, { filter, sort, count: true, hidden: entity === 'leads' ? false : undefined });
  const records = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const total = pages.data?.pages[0]?.total;

  const applySearch = useDebouncedCallback((text: string) => onSearch({ q: text || undefined }), 250);
  const setFilter = (next: string) => {
    setBuilderOpen(false);
    setSelection(NOTHING);
    onSearch({ filter: next || undefined });
  };
  const { fetchNextPage } = pages;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  const filtered = Boolean(search.filter ?? search.q);
  const selected = records.filter((record) => selection.ids.has(record.id)).map((record) => record.id);
  const chosen = everything && total != null ? total : selection.ids.size;
  const wholeLoaded = records.length > 0 && selected.length === records.length;

  let body: ReactNode;
  if (fields.error ?? (pages.error && records.length === 0)) {
    const error = fields.error ?? pages.error;
    body = (
      <ProblemAlert
        error={error}
        m="md"
        onRetry={() => {
          void fields.refetch();
          void pages.refetch();
        }}
      />
    );
  } else if (fields.isPending || pages.isPending) {
    body = <PageSkeleton rows={12} />;
  } else if (records.length === 0) {
    body = filtered ? (
      <EmptyState icon={IconSearch} title={t('list.nothingFound')} text={t('list.nothingFoundText')}>
        <Button
          variant="default"
          onClick={() => {
            setTyped('');
            onSearch({ filter: undefined, q: undefined });
          }}
        >
          {t('list.showAll')}
        </Button>
      </EmptyState>
    ) : (
      <EmptyState icon={icon} title={props.emptyTitle} text={props.emptyText}>
        {props.onAdd && (
          <Button leftSection={<IconPlus size={14} />} onClick={props.onAdd}>
            {props.addLabel}
          </Button>
        )}
      </EmptyState>
    );
  } else {
    body = (
      <RecordGrid
        entity={entity}
        label={title}
        records={records}
        columns={columns}
        sort={sort}
        onSort={(next) => onSearch({ sort: next === defaultSort ? undefined : next })}
        selection={selection}
        onSelect={setSelection}
        hasMore={pages.hasNextPage}
        loadingMore={pages.isFetchingNextPage}
        onMore={more}
        cardFields={props.cardFields}
      />
    );
  }

  return (
    <main className={classes.page}>
      <PageHeader
        title={title}
        beside={
          total == null ? null : (
            <Text size="sm" c="dimmed" component="span" aria-label={t('common.total', { count: total })}>
              {formatNumber(total)}
            </Text>
          )
        }
        actions={
          props.onAdd && (
            <Button leftSection={<IconPlus size={14} />} onClick={props.onAdd}>
              {props.addLabel}
            </Button>
          )
        }
      >
        <div className={classes.tools}>
          {views && (
            <div className={classes.views} role="group" aria-label={t('list.views')}>
              {views.map((view) => (
                <button
                  key={view.label}
                  type="button"
                  className={classes.view}
                  aria-pressed={(search.filter ?? '') === (view.filter ?? '')}
                  onClick={() => setFilter(view.filter ?? '')}
                >
                  {view.label}
                </button>
              ))}
            </div>
          )}
          <TextInput
            className={classes.search}
            size="xs"
            aria-label={t('list.search', { what: title })}
            placeholder={t('list.search', { what: title })}
            leftSection={<IconSearch size={14} />}
            rightSection={
              typed ? (
                <CloseButton
                  size="xs"
                  aria-label={t('common.clear')}
                  onClick={() => {
                    setTyped('');
                    applySearch('');
                  }}
                />
              ) : null
            }
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              applySearch(event.currentTarget.value);
            }}
          />
          <Popover
            opened={builderOpen}
            onChange={setBuilderOpen}
            position="bottom-start"
            shadow="md"
            trapFocus
            transitionProps={{ duration: 80 }}
          >
            <Popover.Target>
              <Button
                variant="default"
                leftSection={<IconFilter size={14} />}
                onClick={() => setBuilderOpen((open) => !open)}
                aria-expanded={builderOpen}
              >
                {t('filter.title')}
              </Button>
            </Popover.Target>
            <Popover.Dropdown p="sm">
              {builderOpen && fields.data && (
                <Suspense>
                  <FilterBuilder
                    key={search.filter ?? ''}
                    fields={fields.data}
                    memberships={props.memberships}
                    filter={search.filter ?? ''}
                    onApply={setFilter}
                  />
                </Suspense>
              )}
            </Popover.Dropdown>
          </Popover>
          <ColumnChooser
            fields={fields.data ?? []}
            shown={wanted}
            onChange={(next) => {
              setKept(next ?? null);
              onSearch({ columns: undefined });
            }}
          />
          <FilterChips filter={search.filter} fields={fields.data ?? []} onChange={setFilter} />
        </div>
      </PageHeader>
      {body}
      {pages.error && records.length > 0 && (
        <ProblemAlert error={pages.error} m="xs" onRetry={() => void pages.fetchNextPage()} />
      )}
      {selection.ids.size > 0 && (
        <div className={classes.bulk} role="region" aria-label={t('list.bulk')}>
          <Badge variant="filled">
            {t('list.selected', { count: chosen, number: formatNumber(chosen) })}
          </Badge>
          {bulk && wholeLoaded && !everything && total != null && total > records.length && (
            <Button variant="subtle" onClick={() => setEverything(true)}>
              {t('list.selectMatching', { number: formatNumber(total) })}
            </Button>
          )}
          <Group gap="xs" className={classes.actions}>
            {bulk?.(everything ? { filter: filter ?? '' } : { ids: selected }, chosen, () =>
              setSelection(NOTHING),
            )}
          </Group>
          <ActionIcon aria-label={t('list.deselect')} onClick={() => setSelection(NOTHING)}>
            <IconX size={16} />
          </ActionIcon>
        </div>
      )}
    </main>
  );
}
