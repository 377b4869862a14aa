import { ActionIcon, Badge, Button, Group, Popover, Text } from '@mantine/core';
import { type Icon, IconFilter, IconListSearch, IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chosen } from '@/api/bulkActions';
import { useRecordPages } from '@/api/listRecords';
import type { Entity, RecordData } from '@/api/records';
import { listedColumns, useAllFields, useFields } from '@/api/getSchema';
import { useTags } from '@/api/getTags';
import { isListed } from '@/api/smartLists';
import { useSeenFields } from '@/api/useSeenFields';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatNumber } from '@/lib/format';
import { allOf, searchFilter, tagFilter } from '@/lib/searchFilter';
import { ColumnChooser } from './ColumnChooser';
import { FilterChips } from './FilterChips';
import classes from './ListPage.module.css';
import type { ListSearch } from './listSearch';
import { ListTabs, type ReadyView } from './ListTabs';
import { QuickFilters } from './QuickFilters';
import { RecordGrid } from './RecordGrid';
import { SaveBar } from './SaveBar';
import { SearchBox } from './SearchBox';
import { NOTHING, type Selection } from './selection';
import { useListView } from './useListView';

const SmartListForm = lazy(() =>
  import('./SmartListForm').then((module) => ({ default: module.SmartListForm })),
);
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
  /** Whether records of this kind have tags and lists. */
  memberships: boolean;
  /** The fields that can be filtered by with one click. */
  quickFilters: readonly string[];
  addLabel: string;
  /** Undefined for who may not add any. */
  onAdd: (() => void) | undefined;
  emptyTitle: string;
  emptyText: string;
  /** What can be done to the selected records. */
  bulk?: ((chosen: Chosen, count: number, done: () => void) => ReactNode) | undefined;
  /** What can be done with one record, at the end of its row. */
  rowActions?: ((record: RecordData) => ReactNode) | undefined;
  /** How many of them there are at most; their width is kept free. */
  rowActionCount?: number;
  /** What can be done with the whole list, beside adding a record. */
  menu?: ReactNode;
  /** Ready-made filters as tabs. */
  views: ReadyView[];
  /** Another look at the same records. */
  board?: OtherLook | undefined;
}

export interface OtherLook {
  /** What changes from one look to the other. */
  tools: ReactNode;
  /** Whether this one is shown in place of the rows. */
  shown: boolean;
  /** @param nothing what is said when the search or filter finds none; null without one */
  body: (filter: string | undefined, nothing: ReactNode) => ReactNode;
}

/** For those who do not see what the list is sorted by. */
const NEWEST = '-createdAt';

/** The list of one kind of record: search, filter, columns, order, selection; all of it in the address. */
export function ListPage(props: Props) {
  const { entity, title, icon, search, onSearch, defaultColumns, defaultSort, bulk, views, memberships } =
    props;
  const { t } = useTranslation();
  const fields = useFields(entity);
  /** Filters go on with fields that are disabled. */
  const everyField = useAllFields(entity).data ?? [];
  const [selection, setRows] = useState(NOTHING);
  /** The selection is all that match, also what is not loaded. */
  const [everything, setEverything] = useState(false);
  const setSelection = useCallback((next: Selection) => {
    setRows(next);
    setEverything(false);
  }, []);
  const [builderOpen, setBuilderOpen] = useState(false);
  /** A new search box, without what was typed and is too short to search for. */
  const [box, setBox] = useState(0);
  const [saving, setSaving] = useState(false);
  const sortable = fields.data?.some(({ key }) => key === defaultSort.replace(/^-/, '')) ?? true;
  const usual = {
    columns: listedColumns(fields.data ?? [], defaultColumns),
    sort: sortable ? defaultSort : NEWEST,
  };
  const view = useListView(entity, search, usual);
  const { sort } = view;
  const wantedKey = view.columns.join(',');
  const columns = useMemo(() => {
    const all = fields.data ?? [];
    const keys = wantedKey.split(',');
    return keys.map((key) => all.find((field) => field.key === key)).filter((field) => field !== undefined);
  }, [fields.data, wantedKey]);

  const tags = useTags(search.q ?? '', memberships && Boolean(search.q)).data;
  const seen = useSeenFields(entity, Boolean(search.q));
  const asked = searchFilter(entity, search.q, memberships ? tagFilter(search.q, tags) : undefined, seen);
  const filter = allOf(view.filter, asked);
  const hidden = entity === 'leads' ? false : undefined;
  const ready = fields.data !== undefined && !view.pending && !view.missing && seen.known;
  const board = props.board?.shown ? props.board : undefined;
  const pages = useRecordPages(entity, { filter, sort, count: true, hidden }, ready && !board);
  const trail = useMemo(
    () => ({ filter: filter ?? '', sort, hidden: hidden ?? true }),
    [filter, sort, hidden],
  );
  const records = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const total = board ? undefined : pages.data?.pages[0]?.total;

  // What was chosen among some records says nothing about others.
  const chosenIn = `${board ? 'board' : 'rows'} ${filter ?? ''}`;
  const [scope, setScope] = useState(chosenIn);
  if (scope !== chosenIn) {
    setScope(chosenIn);
    setSelection(NOTHING);
  }
  // Until what was asked for is there, the rows are still those of before.
  const stale = pages.isPlaceholderData;
  const select = useCallback(
    (next: Selection) => {
      if (!stale || next.ids.size === 0) setSelection(next);
    },
    [stale, setSelection],
  );

  const show = (next: string) => {
    // In the tab of a list an empty filter is another one than that of the list.
    onSearch({ filter: next || (search.list === undefined ? undefined : '') });
  };
  const setFilter = (next: string) => {
    setBuilderOpen(false);
    show(next);
  };
  const setSort = (next: string) => {
    onSearch({ sort: next === (view.list?.sort ?? usual.sort) ? undefined : next });
    if (view.list) view.keepSort(next);
  };
  const { fetchNextPage } = pages;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  const filtered = view.filter !== '' || Boolean(search.q);
  const ids = [...selection.ids];
  const all = everything && total != null;
  const count = all ? total : ids.length;
  const wholeLoaded = records.length > 0 && records.every((record) => selection.ids.has(record.id));

  const nothing = filtered ? (
    <EmptyState icon={IconSearch} title={t('list.nothingFound')} text={t('list.nothingFoundText')}>
      <Button
        variant="default"
        onClick={() => {
          setBox(box + 1);
          onSearch({ filter: undefined, q: undefined, list: undefined });
        }}
      >
        {t('list.showAll')}
      </Button>
    </EmptyState>
  ) : null;

  let body: ReactNode;
  if (view.missing) {
    body = (
      <EmptyState icon={IconListSearch} title={t('smart.missing')} text={t('smart.missingText')}>
        <Button variant="default" onClick={() => onSearch({ list: undefined, filter: undefined })}>
          {t('list.showAll')}
        </Button>
      </EmptyState>
    );
  } else if (view.error ?? fields.error ?? (pages.error && records.length === 0)) {
    const error = view.error ?? fields.error ?? pages.error;
    body = (
      <ProblemAlert
        error={error}
        m="md"
        onRetry={() => {
          void fields.refetch();
          if (view.error) view.retry();
          else void pages.refetch();
        }}
      />
    );
  } else if (fields.isPending || view.pending || (!board && pages.isPending)) {
    body = <PageSkeleton rows={12} />;
  } else if (board) {
    body = board.body(filter, nothing);
  } else if (records.length === 0) {
    body = nothing ?? (
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
        onSort={setSort}
        selection={selection}
        onSelect={select}
        hasMore={pages.hasNextPage}
        loadingMore={pages.isFetchingNextPage}
        onMore={more}
        cardFields={props.cardFields}
        actions={props.rowActions}
        actionCount={props.rowActionCount}
        trail={trail}
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
          <>
            {props.menu}
            {props.onAdd && (
              <Button leftSection={<IconPlus size={14} />} onClick={props.onAdd}>
                {props.addLabel}
              </Button>
            )}
          </>
        }
      >
        <ListTabs
          entity={entity}
          views={views}
          lists={view.lists}
          current={search.list}
          filter={view.filter}
          changed={view.changed}
        />
        <div className={classes.tools} data-guide="filters">
          <SearchBox
            key={box}
            what={title}
            asked={search.q}
            className={classes.search}
            onAsk={(q) => onSearch({ q })}
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
                    key={view.filter}
                    fields={everyField}
                    memberships={memberships}
                    activities={isListed(entity) && entity !== 'opportunities'}
                    filter={view.filter}
                    onApply={setFilter}
                  />
                </Suspense>
              )}
            </Popover.Dropdown>
          </Popover>
          {!board && (
            <ColumnChooser
              fields={fields.data ?? []}
              shown={view.columns}
              onChange={(next) => {
                view.keepColumns(next);
                onSearch({ columns: undefined });
              }}
            />
          )}
          {props.board?.tools}
          <div className={classes.quick} role="group" aria-label={t('list.quickFilters')}>
            <QuickFilters
              fields={fields.data ?? []}
              keys={props.quickFilters}
              filter={view.filter}
              onChange={show}
            />
          </div>
        </div>
        {(view.filter !== '' || view.changed) && (
          <div className={classes.tools}>
            <FilterChips filter={view.filter} fields={everyField} onChange={setFilter} />
            {isListed(entity) && (
              <SaveBar
                list={view.list}
                filter={view.filter}
                sort={sort}
                columns={view.columns}
                changed={view.changed}
                onSaved={() => {
                  view.forget();
                  onSearch({ filter: undefined, sort: undefined, columns: undefined });
                }}
                onSaveAs={() => setSaving(true)}
                onReset={() => onSearch({ filter: undefined })}
              />
            )}
          </div>
        )}
      </PageHeader>
      {body}
      {pages.error && records.length > 0 && (
        <ProblemAlert error={pages.error} m="xs" onRetry={() => void pages.fetchNextPage()} />
      )}
      {saving && (
        <Suspense>
          <SmartListForm
            entity={entity}
            start={{ filter: view.filter, sort, columns: view.columns }}
            mayShare={view.mayShare}
            onClose={() => setSaving(false)}
            onSaved={(list) =>
              onSearch({ list: list.id, filter: undefined, sort: undefined, columns: undefined })
            }
          />
        </Suspense>
      )}
      {selection.ids.size > 0 && (
        <div className={classes.bulk} role="region" aria-label={t('list.bulk')}>
          <Badge variant="filled">{t('list.selected', { count, number: formatNumber(count) })}</Badge>
          {bulk && wholeLoaded && !all && total != null && total > records.length && (
            <Button variant="subtle" onClick={() => setEverything(true)}>
              {t('list.selectMatching', { number: formatNumber(total) })}
            </Button>
          )}
          <Group gap="xs" className={classes.actions}>
            {bulk?.(all ? { filter: filter ?? '', hidden } : { ids }, count, () => setSelection(NOTHING))}
          </Group>
          <ActionIcon aria-label={t('list.deselect')} onClick={() => setSelection(NOTHING)}>
            <IconX size={16} />
          </ActionIcon>
        </div>
      )}
    </main>
  );
}
