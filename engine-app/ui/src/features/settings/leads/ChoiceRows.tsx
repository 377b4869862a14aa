import { ActionIcon, Badge, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconPencil, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choice } from '@/api/getChoices';
import classes from './Leads.module.css';
import { moved } from './order';

interface Props {
  label: string;
  choices: Choice[];
  mayEdit: boolean;
  mayDelete: boolean;
  onOrder: (ids: number[]) => void;
  onEdit: (choice: Choice) => void;
  onDelete: (choice: Choice) => void;
}

/** Choices in their order, which is changed by dragging, by the arrows, or by Alt with the arrow keys. */
export function ChoiceRows({ label, choices, mayEdit, mayDelete, onOrder, onEdit, onDelete }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const order = choices.map(({ id }) => id).join();
  /** The button that had the focus in a row that is moving. */
  const kept = useRef<{ id: number; button: string } | null>(null);
  useLayoutEffect(() => {
    if (!kept.current) return;
    const { id, button } = kept.current;
    kept.current = null;
    // Whoever has gone elsewhere meanwhile stays there.
    const now = document.activeElement;
    if (now && now !== document.body && !list.current?.contains(now)) return;
    const row = list.current?.querySelector(`[data-choice="${id}"]`);
    const find = (name: string) => row?.querySelector<HTMLButtonElement>(`[data-button="${name}"]`);
    // At the first or last place the one that brought it there can be pressed no further.
    const same = find(button);
    (same?.disabled ? find(button === 'up' ? 'down' : 'up') : same)?.focus();
  }, [order]);

  const move = (from: number, to: number) => {
    const next = moved(choices, from, to);
    const choice = choices[from];
    if (next === choices || !choice) return;
    const focused = list.current?.querySelector<HTMLElement>(
      `[data-choice="${choice.id}"] [data-button]:focus`,
    );
    kept.current = focused?.dataset['button'] ? { id: choice.id, button: focused.dataset['button'] } : null;
    onOrder(next.map(({ id }) => id));
    setSaid(t('leadSettings.movedTo', { name: choice.label, place: to + 1, count: choices.length }));
  };
  const press = (event: KeyboardEvent, index: number) => {
    if (!mayEdit || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(index, index + (event.key === 'ArrowUp' ? -1 : 1));
  };

  if (choices.length === 0) {
    return (
      <Text size="sm" c="dimmed" className={classes.none}>
        {t('leadSettings.none')}
      </Text>
    );
  }
  return (
    <>
      <ul ref={list} className={classes.rows} aria-label={label}>
        {choices.map((choice, index) => (
          // The buttons in a row hear the keys through it.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={choice.id}
            data-choice={choice.id}
            className={classes.row}
            data-over={over === index || undefined}
            data-dragged={dragged === index || undefined}
            draggable={mayEdit}
            onKeyDown={(event) => press(event, index)}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', choice.label);
              setDragged(index);
            }}
            onDragEnd={() => {
              setDragged(null);
              setOver(null);
            }}
            onDragOver={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              setOver(index);
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged !== null) move(dragged, index);
              setDragged(null);
              setOver(null);
            }}
          >
            {mayEdit && <IconGripVertical size={16} className={classes.grip} aria-hidden />}
            <span
              className={classes.colour}
              data-none={!choice.colour || undefined}
              style={choice.colour ? { background: choice.colour } : undefined}
              aria-hidden
            />
            <span className={classes.name}>{choice.label}</span>
            {choice.hidden && <Badge color="gray">{t('leadSettings.hidden')}</Badge>}
            {!choice.shared && <Badge color="gray">{t('leadSettings.notShared')}</Badge>}
            {choice.offered === false && <Badge color="gray">{t('leadSettings.notOffered')}</Badge>}
            <span className={classes.id}>{t('leadSettings.id', { id: choice.id })}</span>
            {mayEdit && (
              <span className={classes.actions}>
                <ActionIcon
                  data-button="up"
                  aria-label={t('leadSettings.up', { name: choice.label })}
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                >
                  <IconArrowUp size={16} />
                </ActionIcon>
                <ActionIcon
                  data-button="down"
                  aria-label={t('leadSettings.down', { name: choice.label })}
                  disabled={index === choices.length - 1}
                  onClick={() => move(index, index + 1)}
                >
                  <IconArrowDown size={16} />
                </ActionIcon>
                <ActionIcon
                  data-button="edit"
                  aria-label={t('leadSettings.edit', { name: choice.label })}
                  onClick={() => onEdit(choice)}
                >
                  <IconPencil size={16} />
                </ActionIcon>
                {mayDelete && choice.builtIn !== true && (
                  <ActionIcon
                    data-button="delete"
                    aria-label={t('leadSettings.delete', { name: choice.label })}
                    onClick={() => onDelete(choice)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      <span className={classes.said} role="status">
        {said}
      </span>
    </>
  );
}
