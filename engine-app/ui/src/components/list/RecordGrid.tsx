import { Checkbox, Skeleton, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { type ColumnDef, flexRender, getCoreRowModel, useReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { type Entity, type RecordData, titleOf } from '@/api/records';
import { useChoiceColours } from '@/api/getChoices';
import type { Field } from '@/api/getSchema';
import { AppLink } from '@/components/AppLink';
import { FieldValue, isNumeric } from '@/components/fields/FieldValue';
import { type Trail, withTrail } from '@/lib/trail';
import { IncompleteMark } from './IncompleteMark';
import classes from './RecordGrid.module.css';
import { RowFocus } from './rowFocus';
import { NOTHING, ranged, type Selection, toggled } from './selection';

interface Props {
  entity: Entity;
  label: string;
  records: RecordData[];
  /** The columns shown, in order. The first is the link to the record. */
  columns: Field[];
  sort: string;
  onSort: (sort: string) => void;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
  /** The fields of a card on a phone, under the title. */
  cardFields: string[];
  /** What can be done with a record without opening it, at the end of its row. */
  actions?: ((record: RecordData) => ReactNode) | undefined;
  actionCount?: number | undefined;
  /** What these rows are, for going from one to the next on their pages. */
  trail: Trail;
}

const ROW = 36;
const CARD = 68;
const ACTION = 24;
const ACTIONS_EDGE = 12;

const WIDTHS: Partial<Record<string, number>> = {
  email: 132,
  dateTime: 118,
  date: 116,
  boolean: 88,
  wholeNumber: 68,
  decimal: 100,
  money: 130,
  phone: 142,
  dropdown: 118,
  user: 108,
  longText: 240,
};

function widthOf(field: Field, first: boolean): number {
  return first ? 168 : (WIDTHS[field.type] ?? 104);
}

/** Rows that are only drawn where the eye is, with the keyboard of a mail program. */
export function RecordGrid(props: Props) {
  const { entity, label, records, columns, sort, onSort, selection, onSelect } = props;
  const { hasMore, loadingMore, onMore, cardFields, actions, actionCount = 3, trail } = props;
  const { t } = useTranslation();
  const router = useRouter();
  const phone = useMediaQuery('(max-width: 48em)') ?? false;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const order = useMemo(() => records.map((record) => record.id), [records]);

  const definitions = useMemo<ColumnDef<RecordData>[]>(
    () =>
      columns.map((field, index) => ({
        id: field.key,
        header: field.label,
        size: widthOf(field, index === 0),
        accessorFn: (record) => record.values[field.key],
        cell: ({ row }) =>
          index === 0 ? (
            <>
              <IncompleteMark record={row.original} />
              <AppLink
                href={`/${entity}/${row.original.id}`}
                className={classes.title}
                tabIndex={-1}
                trail={trail}
              >
                {titleOf(entity, row.original)}
              </AppLink>
            </>
          ) : (
            <FieldValue
              field={field}
              value={row.original.values[field.key]}
              percentage={row.original.values['scorePercent']}
              compact
            />
          ),
      })),
    [columns, entity, trail],
  );
  const table = useReactTable({
    data: records,
    columns: definitions,
    getCoreRowModel: getCoreRowModel(),
    getRowId: (record) => String(record.id),
    manualSorting: true,
  });
  const rows = table.getRowModel().rows;

  const virtual = useVirtualizer({
    count: rows.length + (hasMore ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => (phone ? CARD : ROW),
    overscan: 12,
  });
  useEffect(() => {
    virtual.measure();
  }, [phone, virtual]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= rows.length - 10) onMore();
  }, [hasMore, loadingMore, last, rows.length, onMore]);

  const at = Math.min(active, Math.max(rows.length - 1, 0));

  const open = (id: number) => void router.navigate({ href: `/${entity}/${id}`, state: withTrail(trail) });

  const focusRow = (index: number) => {
    setActive(index);
    virtual.scrollToIndex(index);
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
    });
  };

  /** Whether it happened in a menu or dialog of a row, which React tells the row about though it is drawn elsewhere. */
  const outside = ({ currentTarget, target }: KeyboardEvent | MouseEvent) =>
    currentTarget instanceof Node && target instanceof Node && !currentTarget.contains(target);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || outside(event)) return;
    if (event.target instanceof HTMLInputElement) {
      if (event.key !== 'Escape') return;
    }
    // These press what has the focus, not its row.
    const pressed = event.key === 'Enter' || event.key === ' ';
    if (pressed && event.target instanceof Element && event.target.closest('button, a')) return;
    const id = order[at];
    const go = (index: number) => {
      const to = Math.max(0, Math.min(rows.length - 1, index));
      const target = order[to];
      if (event.shiftKey && target !== undefined) {
        const start = selection.anchor === null && id !== undefined ? toggled(selection, id) : selection;
        onSelect(ranged(start, order, target));
      }
      focusRow(to);
    };
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'PageDown') go(at + 15);
    else if (event.key === 'PageUp') go(at - 15);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(rows.length - 1);
    else if (event.key === 'Enter' && id !== undefined) open(id);
    else if (event.key === ' ' && id !== undefined) onSelect(toggled(selection, id));
    else if (event.key === 'Escape') onSelect(NOTHING);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey))
      onSelect({ ids: new Set(order), anchor: null });
    else return;
    event.preventDefault();
  };

  const onClick = (event: MouseEvent, index: number, id: number) => {
    if (outside(event)) return;
    if (event.target instanceof Element && event.target.closest('a, input, label, button')) return;
    setActive(index);
    if (event.shiftKey) onSelect(ranged(selection, order, id));
    else if (event.ctrlKey || event.metaKey || selection.ids.size > 0) onSelect(toggled(selection, id));
    else open(id);
  };

  const actionsWidth = actionCount * ACTION + ACTIONS_EDGE;
  const template = [
    '36px',
    ...table.getVisibleLeafColumns().map((column, index) => {
      const size = column.getSize();
      return `minmax(${size}px, ${index === 0 ? 2 : 1}fr)`;
    }),
    ...(actions ? [`${actionsWidth}px`] : []),
  ].join(' ');
  const width = 36 + table.getTotalSize() + (actions ? actionsWidth : 0);
  const edges = useChoiceColours('stage', entity === 'leads');
  const byKey = new Map(columns.map((field) => [field.key, field]));

  return (
    // The grid takes the keys for its rows, each of which can have the focus.
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      data-guide="content"
      aria-label={label}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-multiselectable
      onKeyDown={onKeyDown}
    >
      {!phone && (
        <div
          className={classes.head}
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: template, minWidth: width }}
        >
          <div role="columnheader" className={classes.check}>
            <Checkbox
              size="xs"
              aria-label={t('list.selectAll')}
              checked={records.length > 0 && order.every((id) => selection.ids.has(id))}
              indeterminate={selection.ids.size > 0 && !order.every((id) => selection.ids.has(id))}
              onChange={(event) =>
                onSelect(event.currentTarget.checked ? { ids: new Set(order), anchor: null } : NOTHING)
              }
            />
          </div>
          {table.getFlatHeaders().map((header) => {
            const field = byKey.get(header.id);
            const direction =
              sort === header.id ? 'ascending' : sort === `-${header.id}` ? 'descending' : 'none';
            const sortable =
              field?.filterable !== false && field?.type !== 'longText' && field?.type !== 'multiSelect';
            return (
              <div
                key={header.id}
                role="columnheader"
                aria-sort={direction}
                className={classes.headCell}
                data-numeric={(field && isNumeric(field)) || undefined}
              >
                {sortable ? (
                  <UnstyledButton
                    className={classes.sort}
                    onClick={() => onSort(direction === 'ascending' ? `-${header.id}` : header.id)}
                  >
                    {flexRender(header.column.columnDef.header, header.getContext())}
                    {direction === 'ascending' && <IconArrowUp size={14} aria-hidden />}
                    {direction === 'descending' && <IconArrowDown size={14} aria-hidden />}
                  </UnstyledButton>
                ) : (
                  flexRender(header.column.columnDef.header, header.getContext())
                )}
              </div>
            );
          })}
          {actions && (
            <div role="columnheader">
              <VisuallyHidden>{t('list.actions')}</VisuallyHidden>
            </div>
          )}
        </div>
      )}
      <div
        role="rowgroup"
        style={{ height: virtual.getTotalSize(), minWidth: phone ? 0 : width, position: 'relative' }}
      >
        {items.map((item) => {
          const row = rows[item.index];
          const stage = edges.get(String(row?.original.values['stage'] ?? ''));
          const place = {
            transform: `translateY(${item.start}px)`,
            height: item.size,
            ...(stage && { boxShadow: `inset 3px 0 0 ${stage}` }),
          };
          if (!row) {
            return (
              <div key="more" className={classes.row} style={place} role="row">
                <div role="gridcell" className={classes.more}>
                  <Skeleton h={12} w="60%" aria-label={t('common.loading')} />
                </div>
              </div>
            );
          }
          const record = row.original;
          const selected = selection.ids.has(record.id);
          const title = titleOf(entity, record);
          const check = (
            <Checkbox
              size="xs"
              tabIndex={-1}
              aria-label={t('list.select', { name: title })}
              checked={selected}
              onClick={(event) => {
                event.stopPropagation();
                setActive(item.index);
                onSelect(
                  event.shiftKey ? ranged(selection, order, record.id) : toggled(selection, record.id),
                );
              }}
              onChange={() => undefined}
            />
          );
          return (
            // Keys are taken by the grid around.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={row.id}
              role="row"
              data-index={item.index}
              aria-rowindex={item.index + 2}
              aria-selected={selected}
              tabIndex={item.index === at ? 0 : -1}
              className={phone ? `${classes.row} ${classes.card}` : classes.row}
              style={phone ? place : { ...place, gridTemplateColumns: template }}
              onClick={(event) => onClick(event, item.index, record.id)}
              onFocus={() => setActive(item.index)}
            >
              <div role="gridcell" className={classes.check}>
                {check}
              </div>
              {phone ? (
                <div role="gridcell" className={classes.cardBody}>
                  <AppLink
                    href={`/${entity}/${record.id}`}
                    className={classes.title}
                    tabIndex={-1}
                    trail={trail}
                  >
                    {title}
                  </AppLink>
                  <IncompleteMark record={record} />
                  <div className={classes.cardLine}>
                    {cardFields.map((key) => {
                      const field = byKey.get(key);
                      const value = record.values[key];
                      if (!field || value == null || value === '') return null;
                      return (
                        <span key={key}>
                          <FieldValue field={field} value={value} compact />
                        </span>
                      );
                    })}
                  </div>
                </div>
              ) : (
                row.getVisibleCells().map((cell) => {
                  const field = byKey.get(cell.column.id);
                  return (
                    <div
                      key={cell.id}
                      role="gridcell"
                      className={classes.cell}
                      data-numeric={(field && isNumeric(field)) || undefined}
                    >
                      {flexRender(cell.column.columnDef.cell, cell.getContext())}
                    </div>
                  );
                })
              )}
              {actions && (
                <div role="gridcell" className={classes.actions}>
                  <RowFocus value={item.index === at}>{actions(record)}</RowFocus>
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
