import { ActionIcon, Badge, Highlight, Menu } from '@mantine/core';
import {
  IconArrowsMove,
  IconArrowUp,
  IconChevronRight,
  IconDotsVertical,
  IconHistory,
} from '@tabler/icons-react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type DragEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import type { Place } from '../api/hierarchy';
import classes from './Hierarchy.module.css';
import { type Row, step } from './tree';

const HEIGHT = 44;
const INDENT = 20;
/** Deeper levels stand no further to the right: names would have no room. */
const DEEPEST = 12;

interface Props {
  rows: Row[];
  search: string;
  describedBy: string | undefined;
  mayMove: boolean;
  roleName: (key: string) => string;
  onToggle: (id: number, open: boolean) => void;
  /** Somebody is to come under somebody; undefined asks under whom, null is nobody. */
  onMove: (place: Place, superior: number | null | undefined) => void;
  onHistory: (place: Place) => void;
}

/** Who reports to whom: moved by dragging, or by keyboard with Enter. */
export function HierarchyTree({
  rows,
  search,
  describedBy,
  mayMove,
  roleName,
  onToggle,
  onMove,
  onHistory,
}: Props) {
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<number | null>(null);
  const [dragged, setDragged] = useState<Place | null>(null);
  const [over, setOver] = useState<number | 'top' | null>(null);
  /** Whose menu is open. */
  const [menu, setMenu] = useState<number | null>(null);
  const folding = search === '';
  const found = rows.findIndex((row) => row.place.id === active);
  const at = found < 0 ? 0 : found;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 12,
    // The active row is there wherever one has scrolled to: the tree names it to screen readers.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), ...(at < range.count ? [at] : [])])].sort(
        (one, other) => one - other,
      ),
  });

  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const row = rows[at];
    if (!row) return;
    if (mayMove && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      setActive(row.place.id);
      onMove(row.place, undefined);
      return;
    }
    if (mayMove && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      event.preventDefault();
      setActive(row.place.id);
      virtual.scrollToIndex(at);
      setMenu(row.place.id);
      return;
    }
    const next = step(rows, at, event.key, folding);
    if (!next) return;
    event.preventDefault();
    if ('to' in next) {
      setActive(rows[next.to]?.place.id ?? null);
      virtual.scrollToIndex(next.to);
    } else if ('expand' in next) {
      onToggle(next.expand, true);
    } else {
      onToggle(next.collapse, false);
    }
  };

  const dropped = (event: DragEvent, superior: number | null) => {
    event.preventDefault();
    if (dragged && dragged.id !== superior && (dragged.reportsTo ?? null) !== superior) {
      onMove(dragged, superior);
    }
    setDragged(null);
    setOver(null);
  };
  const target = (key: number | 'top', superior: number | null) =>
    dragged === null
      ? {}
      : {
          onDragOver: (event: DragEvent) => {
            event.preventDefault();
            event.dataTransfer.dropEffect = 'move';
            setOver(key);
          },
          onDragLeave: () => setOver((before) => (before === key ? null : before)),
          onDrop: (event: DragEvent) => dropped(event, superior),
        };

  const rowId = (row: Row | undefined) => (row ? `${id}-${row.place.id}` : undefined);
  return (
    <>
      <div
        ref={scroller}
        className={classes.tree}
        role="tree"
        tabIndex={0}
        aria-label={t('settings.pages.hierarchy')}
        aria-describedby={describedBy}
        aria-activedescendant={rowId(rows[at])}
        onKeyDown={press}
      >
        <div className={classes.rows} role="none" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const { place } = row;
            return (
              // The tree itself has the focus and hears the keys.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
              <div
                key={place.id}
                id={rowId(row)}
                role="treeitem"
                className={classes.row}
                style={{
                  transform: `translateY(${item.start}px)`,
                  paddingLeft: 8 + (Math.min(row.level, DEEPEST) - 1) * INDENT,
                }}
                aria-level={row.level}
                aria-posinset={row.position}
                aria-setsize={row.siblings}
                aria-expanded={row.children > 0 ? row.expanded : undefined}
                aria-haspopup={mayMove ? 'menu' : undefined}
                aria-selected={item.index === at}
                aria-label={[
                  place.name,
                  place.roles.map(roleName).join(', '),
                  place.below > 0 ? t('hierarchy.below', { count: place.below }) : '',
                  place.active ? '' : t('states.inactive'),
                ]
                  .filter((part) => part !== '')
                  .join(', ')}
                data-inactive={!place.active || undefined}
                data-over={over === place.id || undefined}
                data-dragged={dragged?.id === place.id || undefined}
                draggable={mayMove}
                onClick={() => setActive(place.id)}
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = 'move';
                  event.dataTransfer.setData('text/plain', place.name);
                  setActive(place.id);
                  setDragged(place);
                }}
                onDragEnd={() => {
                  setDragged(null);
                  setOver(null);
                }}
                {...target(place.id, place.id)}
              >
                {row.children > 0 && folding ? (
                  <button
                    type="button"
                    tabIndex={-1}
                    className={classes.toggle}
                    data-open={row.expanded || undefined}
                    aria-label={t(row.expanded ? 'hierarchy.collapse' : 'hierarchy.expand', {
                      name: place.name,
                    })}
                    onClick={() => onToggle(place.id, !row.expanded)}
                  >
                    <IconChevronRight size={16} aria-hidden />
                  </button>
                ) : (
                  <span className={classes.leaf} />
                )}
                <span className={classes.who}>
                  <Highlight className={classes.name} component="span" highlight={row.found ? search : ''}>
                    {place.name}
                  </Highlight>
                  <span className={classes.roles}>{place.roles.map(roleName).join(', ')}</span>
                </span>
                {!place.active && (
                  <Badge color="gray" variant="outline">
                    {t('states.inactive')}
                  </Badge>
                )}
                {place.below > 0 && (
                  <span className={classes.count} title={t('hierarchy.below', { count: place.below })}>
                    {formatNumber(place.below)}
                  </span>
                )}
                {mayMove && (
                  <Menu
                    position="bottom-end"
                    withinPortal
                    opened={menu === place.id}
                    // The tree has the focus, not a row: to it the menu and what it opens give the focus back.
                    returnFocus={false}
                    onChange={(opened) => {
                      setMenu(opened ? place.id : null);
                      if (!opened) scroller.current?.focus({ preventScroll: true });
                    }}
                  >
                    <Menu.Target>
                      <ActionIcon
                        tabIndex={-1}
                        aria-label={t('hierarchy.actions', { name: place.name })}
                        onClick={() => setActive(place.id)}
                      >
                        <IconDotsVertical size={16} />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item
                        leftSection={<IconArrowsMove size={14} />}
                        onClick={() => onMove(place, undefined)}
                      >
                        {t('hierarchy.moveTo')}
                      </Menu.Item>
                      <Menu.Item leftSection={<IconHistory size={14} />} onClick={() => onHistory(place)}>
                        {t('hierarchy.history')}
                      </Menu.Item>
                    </Menu.Dropdown>
                  </Menu>
                )}
              </div>
            );
          })}
        </div>
      </div>
      {/* Below the tree: above it, the rows would move away under the hand. */}
      {dragged !== null && dragged.reportsTo != null && (
        <div className={classes.top} data-over={over === 'top' || undefined} {...target('top', null)}>
          <IconArrowUp size={16} aria-hidden />
          {t('hierarchy.dropTop')}
        </div>
      )}
    </>
  );
}
