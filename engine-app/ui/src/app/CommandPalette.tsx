import { Kbd, Loader, Modal, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconAddressBook,
  IconBuilding,
  IconFileImport,
  IconPlus,
  IconRoute,
  IconTargetArrow,
  IconSearch,
  IconUserSearch,
} from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { type ComponentType, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isOn, useFeatures } from '@/api/features';
import { allows, useRights } from '@/api/rights';
import { useSettingsPlaces } from '@/features/settings/places';
import { useGlobalSearch } from './api/globalSearch';
import { placesFor } from './navigation';
import classes from './CommandPalette.module.css';

interface Entry {
  id: string;
  group: string;
  label: string;
  detail?: string | undefined;
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  href: string;
}

const RECORD_ICONS = {
  leads: IconUserSearch,
  contacts: IconAddressBook,
  accounts: IconBuilding,
  opportunities: IconTargetArrow,
  automations: IconRoute,
} as const;

/** Search over everything and a list of commands, on Ctrl/Cmd-K. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const router = useRouter();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [query] = useDebouncedValue(text.trim(), 150);
  const found = useGlobalSearch(query);
  const rights = useRights().data;
  const switches = useFeatures().data;
  const settings = useSettingsPlaces();
  const listRef = useRef<HTMLDivElement>(null);

  const commands = useMemo<Entry[]>(
    () =>
      [
        ...placesFor(rights, switches).map((place) => ({
          id: place.to,
          group: t('palette.places'),
          label: t(`nav.${place.key}`),
          icon: place.icon,
          href: 'href' in place ? place.href : place.to,
        })),
        ...settings.map((page) => ({
          id: page.path,
          group: t('nav.settings'),
          label: t(`settings.pages.${page.key}`),
          icon: page.icon,
          href: page.path,
        })),
        allows(rights, 'lead', 'create') && {
          id: 'a-lead',
          group: t('palette.actions'),
          label: t('home.starts.addLead.title'),
          icon: IconPlus,
          href: '/leads?create=true',
        },
        isOn(switches, 'imports') &&
          allows(rights, 'imports', 'create') && {
            id: 'a-import',
            group: t('palette.actions'),
            label: t('home.starts.importFile.title'),
            icon: IconFileImport,
            href: '/imports',
          },
        allows(rights, 'automations', 'edit') && {
          id: 'a-automation',
          group: t('palette.actions'),
          label: t('home.starts.buildAutomation.title'),
          icon: IconRoute,
          href: '/automations/new',
        },
      ].filter((entry) => entry !== false),
    [rights, switches, settings, t],
  );

  const entries = useMemo<Entry[]>(() => {
    const wanted = text.trim().toLowerCase();
    const matching = wanted
      ? commands.filter((entry) => entry.label.toLowerCase().includes(wanted))
      : commands;
    const records = query
      ? (found.data ?? []).map((hit) => ({
          id: `${hit.kind}/${hit.id}`,
          group: t(`palette.records.${hit.kind}`),
          label: hit.label,
          detail: hit.detail,
          icon: RECORD_ICONS[hit.kind],
          href: `/${hit.kind}/${hit.id}`,
        }))
      : [];
    return [...records, ...matching];
  }, [commands, found.data, query, text, t]);

  const active = Math.min(chosen, entries.length - 1);

  const open = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    void router.navigate({ href: entry.href });
  };

  const move = (to: number) => {
    setChosen(to);
    listRef.current?.querySelector(`[data-index="${to}"]`)?.scrollIntoView({ block: 'nearest' });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move((active + 1) % Math.max(entries.length, 1));
    else if (event.key === 'ArrowUp') move((active - 1 + entries.length) % Math.max(entries.length, 1));
    else if (event.key === 'Enter') open(entries[active]);
    else return;
    event.preventDefault();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      title={null}
      aria-label={t('palette.title')}
      size={560}
      padding={0}
      yOffset="12vh"
      centered={false}
      transitionProps={{ duration: 80 }}
    >
      <TextInput
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.title')}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={active >= 0 ? `palette-${active}` : undefined}
        leftSection={<IconSearch size={18} />}
        rightSection={found.isFetching ? <Loader size={16} /> : null}
        variant="unstyled"
        size="md"
        p="xs"
        data-autofocus
      />
      <div
        ref={listRef}
        id="palette-list"
        role="listbox"
        aria-label={t('palette.title')}
        className={classes.list}
      >
        {entries.length === 0 && (
          <Text c="dimmed" size="sm" p="md">
            {t('palette.empty', { text })}
          </Text>
        )}
        {entries.map((entry, index) => (
          <div key={entry.id}>
            {entries[index - 1]?.group !== entry.group && (
              <div className={classes.group} aria-hidden>
                {entry.group}
              </div>
            )}
            {/* The keyboard works from the input, which owns the list. */}
            {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
            <div
              id={`palette-${index}`}
              data-index={index}
              role="option"
              aria-selected={index === active}
              className={classes.entry}
              onClick={() => open(entry)}
              onMouseMove={() => setChosen(index)}
            >
              <entry.icon size={18} stroke={1.6} />
              <span className={classes.label}>{entry.label}</span>
              {entry.detail && <span className={classes.detail}>{entry.detail}</span>}
            </div>
          </div>
        ))}
      </div>
      <Text size="xs" c="dimmed" px="md" py="xs" className={classes.hint} visibleFrom="sm">
        <Kbd size="xs">↑↓</Kbd> {t('palette.hint')}
      </Text>
    </Modal>
  );
}
