import { ActionIcon, Alert, Group, Menu, Text, TextInput } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconGripVertical,
  IconPlus,
  IconSearch,
  IconX,
} from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './LeadViews.module.css';
import { type Placed, placed, removed } from './zones';

export interface Entry {
  key: string;
  label: string;
  /** What stands before its name. */
  mark?: ReactNode;
  /** What stands behind it, also where it can be chosen. */
  note?: string;
}

export interface Zone {
  key: string;
  label: string;
  text: string;
  /** Why it does not take an entry as it stands; undefined when it does. */
  refuses: (entry: Entry, present: string[]) => string | undefined;
}

interface Props {
  entries: Entry[];
  /** What the list of what can be chosen is called. */
  available: string;
  zones: Zone[];
  placed: Placed;
  onPlaced: (next: Placed) => void;
  /** More that can be done with an entry in a zone. */
  tools?: (entry: Entry) => ReactNode;
  /** Beside the name of a zone. */
  action?: (zone: Zone) => ReactNode;
  /** Whether there are so many that one looks for them. */
  searched?: boolean;
}

/**
 * Entries that are put into places and there into an order: by dragging; with the button that names the place; and with
 * the arrows, or Alt and the arrow keys.
 */
export function Zones({ entries, available, zones, placed: now, onPlaced, tools, action, searched }: Props) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ zone: string; why: string } | null>(null);
  const [said, setSaid] = useState('');
  const [search, setSearch] = useState('');
  const box = useId();
  const used = new Set(zones.flatMap((zone) => now[zone.key] ?? []));
  const wanted = search.trim().toLowerCase();
  const free = entries.filter(
    (entry) => !used.has(entry.key) && `${entry.label} ${entry.note ?? ''}`.toLowerCase().includes(wanted),
  );
  const find = (key: string) => entries.find((entry) => entry.key === key);

  const focus = (key: string, button: string) =>
    requestAnimationFrame(() => {
      const rows = document.getElementById(box)?.querySelectorAll<HTMLElement>('[data-entry]') ?? [];
      const row = [...rows].find((one) => one.dataset['entry'] === key);
      const same = row?.querySelector<HTMLButtonElement>(`[data-button="${button}"]`);
      const other = row?.querySelector<HTMLButtonElement>('[data-button]:not(:disabled)');
      (same && !same.disabled ? same : other)?.focus();
    });
  const put = (key: string, zone: Zone, at?: number) => {
    const entry = find(key);
    const present = now[zone.key] ?? [];
    if (!entry) return;
    const why = present.includes(key) ? undefined : zone.refuses(entry, present);
    setRefused(why === undefined ? null : { zone: zone.key, why });
    if (why !== undefined) return;
    const next = placed(now, key, zone.key, at);
    if (next === now) return;
    onPlaced(next);
    const place = (next[zone.key] ?? []).indexOf(key) + 1;
    setSaid(t('leadViews.placed', { name: entry.label, zone: zone.label, place }));
  };
  const take = (entry: Entry) => {
    setRefused(null);
    onPlaced(removed(now, entry.key));
    setSaid(t('leadViews.takenOut', { name: entry.label }));
    // What had the focus is gone.
    requestAnimationFrame(() =>
      document.getElementById(box)?.querySelector<HTMLElement>('[data-available]')?.focus(),
    );
  };
  const drag = (key: string) => ({
    draggable: true,
    'data-dragged': dragged === key || undefined,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', key);
      setDragged(key);
      setRefused(null);
    },
    onDragEnd: () => {
      setDragged(null);
      setOver(null);
    },
  });
  const drop = (place: string, run: (key: string) => void) => ({
    'data-over': (dragged !== null && over === place) || undefined,
    onDragOver: (event: DragEvent) => {
      if (dragged === null) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(place);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      if (dragged !== null) run(dragged);
      setDragged(null);
      setOver(null);
    },
  });
  const press = (event: KeyboardEvent, entry: Entry, zone: Zone, index: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const up = event.key === 'ArrowUp';
    if (up ? index === 0 : index === (now[zone.key]?.length ?? 0) - 1) return;
    put(entry.key, zone, index + (up ? -1 : 1));
    focus(entry.key, up ? 'up' : 'down');
  };
  const only = zones.length === 1 ? zones[0] : undefined;

  return (
    <div id={box} className={classes.zones}>
      <section
        className={classes.zone}
        aria-label={available}
        data-available
        tabIndex={-1}
        {...drop('available', (key) => {
          const entry = find(key);
          if (entry && used.has(key)) take(entry);
        })}
      >
        <Text fw={600} size="sm">
          {available}
        </Text>
        {searched && (
          <TextInput
            size="xs"
            my={6}
            aria-label={t('common.search')}
            placeholder={t('common.search')}
            leftSection={<IconSearch size={14} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        <ul className={classes.entries} data-scrolled>
          {free.map((entry) => (
            <li key={entry.key} className={classes.entry} {...drag(entry.key)}>
              <IconGripVertical size={14} className={classes.grip} aria-hidden />
              {entry.mark}
              <span className={classes.label}>{entry.label}</span>
              {entry.note && <span className={classes.note}>{entry.note}</span>}
              {only ? (
                <ActionIcon
                  size="sm"
                  aria-label={t('leadViews.addTo', { name: entry.label, zone: only.label })}
                  onClick={() => put(entry.key, only)}
                >
                  <IconPlus size={14} />
                </ActionIcon>
              ) : (
                <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
                  <Menu.Target>
                    <ActionIcon size="sm" aria-label={t('leadViews.add', { name: entry.label })}>
                      <IconPlus size={14} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {zones.map((zone) => (
                      <Menu.Item key={zone.key} onClick={() => put(entry.key, zone)}>
                        {zone.label}
                      </Menu.Item>
                    ))}
                  </Menu.Dropdown>
                </Menu>
              )}
            </li>
          ))}
          {free.length === 0 && (
            <Text component="li" size="xs" c="dimmed" py={6}>
              {t(wanted ? 'list.nothingFound' : 'leadViews.allChosen')}
            </Text>
          )}
        </ul>
      </section>
      <div className={classes.targets}>
        {zones.map((zone) => {
          const present = (now[zone.key] ?? []).flatMap((key) => find(key) ?? []);
          return (
            <section
              key={zone.key}
              className={classes.zone}
              aria-label={zone.label}
              {...drop(zone.key, (key) => put(key, zone))}
            >
              <Group justify="space-between" gap="xs">
                <Text fw={600} size="sm">
                  {zone.label}
                </Text>
                {action?.(zone)}
              </Group>
              <Text size="xs" c="dimmed">
                {zone.text}
              </Text>
              {refused?.zone === zone.key && (
                <Alert color="red" variant="light" role="alert" p="xs" mt={6}>
                  {refused.why}
                </Alert>
              )}
              <ul className={classes.entries}>
                {present.map((entry, index) => (
                  // The buttons in a row hear the keys through it.
                  // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
                  <li
                    key={entry.key}
                    data-entry={entry.key}
                    className={classes.entry}
                    onKeyDown={(event) => press(event, entry, zone, index)}
                    {...drag(entry.key)}
                    {...drop(`${zone.key}/${entry.key}`, (key) => put(key, zone, index))}
                  >
                    <IconGripVertical size={14} className={classes.grip} aria-hidden />
                    {entry.mark}
                    <span className={classes.label}>{entry.label}</span>
                    {tools?.(entry)}
                    <ActionIcon
                      size="sm"
                      data-button="up"
                      aria-label={t('leadSettings.up', { name: entry.label })}
                      disabled={index === 0}
                      onClick={() => {
                        put(entry.key, zone, index - 1);
                        focus(entry.key, 'up');
                      }}
                    >
                      <IconArrowUp size={14} />
                    </ActionIcon>
                    <ActionIcon
                      size="sm"
                      data-button="down"
                      aria-label={t('leadSettings.down', { name: entry.label })}
                      disabled={index === present.length - 1}
                      onClick={() => {
                        put(entry.key, zone, index + 1);
                        focus(entry.key, 'down');
                      }}
                    >
                      <IconArrowDown size={14} />
                    </ActionIcon>
                    <ActionIcon
                      size="sm"
                      data-button="remove"
                      aria-label={t('leadViews.takeOut', { name: entry.label })}
                      onClick={() => take(entry)}
                    >
                      <IconX size={14} />
                    </ActionIcon>
                  </li>
                ))}
                {present.length === 0 && (
                  <Text component="li" size="xs" c="dimmed" py={6}>
                    {t('leadViews.emptyZone')}
                  </Text>
                )}
              </ul>
            </section>
          );
        })}
      </div>
      <span className={classes.said} role="status">
        {said}
      </span>
    </div>
  );
}
