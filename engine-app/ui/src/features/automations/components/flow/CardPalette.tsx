import { ActionIcon, Kbd, Modal, Text, TextInput } from '@mantine/core';
import { IconClipboard, IconSearch, IconStar, IconStarFilled } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardDescriptor } from '@/features/automations/api/getCatalogue';
import { type Copied, copied, favourites, offered, recent, toggleFavourite } from './cards';
import classes from './Flow.module.css';
import { iconOf } from './icons';

interface Props {
  cards: CardDescriptor[];
  trigger: string | undefined;
  onTake: (card: CardDescriptor, from?: Copied) => void;
  onClose: () => void;
}

interface Entry {
  id: string;
  group: string;
  card: CardDescriptor;
  from?: Copied;
}

/** Finds a card to put into the flow: by search, by group, or among the favourites and those used last (AUT-004). */
export function CardPalette({ cards, trigger, onTake, onClose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [starred, setStarred] = useState(favourites);
  const list = useRef<HTMLDivElement>(null);
  const fitting = useMemo(() => offered(cards, trigger), [cards, trigger]);

  const entries = useMemo<Entry[]>(() => {
    const wanted = text.trim().toLowerCase();
    if (wanted) {
      return fitting
        .filter(({ label, group, description }) =>
          [label, group, description].some((part) => part?.toLowerCase().includes(wanted)),
        )
        .map((card) => ({ id: card.type, group: card.group ?? '', card }));
    }
    const named = (group: string, types: string[]) =>
      types.flatMap((type) => {
        const card = fitting.find((other) => other.type === type);
        return card ? [{ id: `${group}-${type}`, group, card }] : [];
      });
    const clip = copied();
    const paste = fitting.find(({ type }) => type === clip?.type);
    return [
      ...(clip && paste ? [{ id: 'paste', group: t('flow.copied'), card: paste, from: clip }] : []),
      ...named(t('flow.favourites'), starred),
      ...named(t('flow.recent'), recent()),
      ...fitting.map((card) => ({ id: card.type, group: card.group ?? '', card })),
    ];
  }, [text, fitting, starred, t]);

  const active = Math.min(chosen, entries.length - 1);
  const move = (to: number) => {
    setChosen(to);
    list.current?.querySelector(`[data-index="${to}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const take = (entry: Entry | undefined) => entry && onTake(entry.card, entry.from);
  const onKeyDown = (event: KeyboardEvent) => {
    const count = Math.max(entries.length, 1);
    if (event.key === 'ArrowDown') move((active + 1) % count);
    else if (event.key === 'ArrowUp') move((active - 1 + count) % count);
    else if (event.key === 'Enter') take(entries[active]);
    else if (event.altKey && event.code === 'KeyF' && entries[active]) {
      setStarred(toggleFavourite(entries[active].card.type));
    } else return;
    event.preventDefault();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      aria-label={t('flow.addCard')}
      size={520}
      padding={0}
      yOffset="10vh"
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
        placeholder={t('flow.findCard')}
        aria-label={t('flow.findCard')}
        role="combobox"
        aria-expanded
        aria-controls="card-list"
        aria-activedescendant={active >= 0 ? `card-${active}` : undefined}
        leftSection={<IconSearch size={18} />}
        variant="unstyled"
        size="md"
        p="xs"
        data-autofocus
      />
      <div ref={list} id="card-list" role="listbox" aria-label={t('flow.cards')} className={classes.options}>
        {entries.length === 0 && (
          <Text c="dimmed" size="sm" p="md">
            {t('flow.noCard', { text })}
          </Text>
        )}
        {entries.map((entry, index) => {
          const Icon = entry.from ? IconClipboard : iconOf(entry.card.icon, 'card');
          const starry = starred.includes(entry.card.type);
          return (
            <div key={entry.id} role="presentation">
              {entries[index - 1]?.group !== entry.group && (
                <div className={classes.optionGroup} aria-hidden>
                  {entry.group}
                </div>
              )}
              <div
                className={classes.optionRow}
                data-active={index === active || undefined}
                role="presentation"
              >
                {/* The keyboard works from the input, which owns the list. */}
                {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
                <div
                  id={`card-${index}`}
                  data-index={index}
                  role="option"
                  aria-selected={index === active}
                  className={classes.option}
                  onClick={() => take(entry)}
                  onMouseMove={() => setChosen(index)}
                >
                  <Icon size={18} stroke={1.6} />
                  <span className={classes.optionLabel}>
                    {entry.from ? entry.from.name : entry.card.label}
                    <small>{entry.card.description}</small>
                  </span>
                </div>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  tabIndex={-1}
                  aria-hidden
                  title={t(starry ? 'flow.unstar' : 'flow.star', { name: entry.card.label })}
                  onClick={() => setStarred(toggleFavourite(entry.card.type))}
                >
                  {starry ? <IconStarFilled size={14} /> : <IconStar size={14} />}
                </ActionIcon>
              </div>
            </div>
          );
        })}
      </div>
      <Text size="xs" c="dimmed" px="md" py="xs" visibleFrom="sm">
        <Kbd size="xs">↑↓</Kbd> {t('flow.paletteHint')}
      </Text>
    </Modal>
  );
}
