import { ActionIcon, Badge, Menu } from '@mantine/core';
import { useDraggable } from '@dnd-kit/core';
import { IconArrowRight, IconCheck, IconDots } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import { type RecordData, text, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { FieldValue, isEmpty } from '@/components/fields/FieldValue';
import type { Column } from './board';
import classes from './Board.module.css';

/** What a card shows beside its name, as far as the reader sees these fields. */
export const ON_CARDS = ['name', 'contact', 'value', 'owner', 'status', 'statusKind', 'stage', 'createdAt'];

interface FaceProps {
  card: RecordData;
  fields: Field[];
}

function Face({ card, fields }: FaceProps) {
  const value = (key: string) => {
    const field = fields.find((one) => one.key === key);
    const held = card.values[key];
    return field && !isEmpty(held) ? <FieldValue field={field} value={held} compact /> : null;
  };
  const closed = !['', 'open'].includes(text(card, 'statusKind'));
  return (
    <>
      <div className={classes.contact}>{value('contact')}</div>
      <div className={classes.line}>
        <span className={classes.value}>{value('value')}</span>
        <span className={classes.age}>{value('createdAt')}</span>
      </div>
      <div className={classes.foot}>
        <span className={classes.owner}>{value('owner')}</span>
        {closed && (
          <Badge
            component="span"
            color={text(card, 'statusKind') === 'won' ? 'loom' : 'gray'}
            className={classes.status}
          >
            {text(card, 'status')}
          </Badge>
        )}
      </div>
    </>
  );
}

/** A card as it is while it is dragged. */
export function DraggedCard({ card, fields }: FaceProps) {
  return (
    <div className={classes.card} data-dragged="">
      <div className={classes.name}>{titleOf('opportunities', card)}</div>
      <Face card={card} fields={fields} />
    </div>
  );
}

interface Props extends FaceProps {
  column: Column;
  columns: Column[];
  /** Whether its move is not saved yet. */
  moving: boolean;
  /** The card that takes the focus when it arrives. */
  arrivingRef: { current: number | null };
  onMove: (card: RecordData, from: Column, to: Column) => void;
}

/** An opportunity that can be dragged to another stage, or sent there from its menu (REV-008). */
export function BoardCard({ card, fields, column, columns, moving, arrivingRef, onMove }: Props) {
  const { t } = useTranslation();
  const mayEdit = useMayWith('opportunities', 'edit', card);
  const mayMove = mayEdit && fields.some(({ key, readOnly }) => key === 'stage' && readOnly !== true);
  const button = useRef<HTMLButtonElement>(null);
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: card.id,
    data: { card, column },
    disabled: !mayMove,
  });
  useEffect(() => {
    if (arrivingRef.current !== card.id) return;
    arrivingRef.current = null;
    // The menu that closes in the other column gives the focus back to what is gone.
    const later = setTimeout(() => button.current?.focus(), 0);
    return () => clearTimeout(later);
  }, [arrivingRef, card.id]);
  const name = titleOf('opportunities', card);
  return (
    <li
      ref={setNodeRef}
      className={classes.card}
      data-gone={isDragging || undefined}
      data-movable={mayMove || undefined}
      data-card={card.id}
      aria-busy={moving || undefined}
      {...listeners}
    >
      <div className={classes.top}>
        <AppLink href={`/opportunities/${card.id}`} className={classes.name} draggable={false}>
          {name}
        </AppLink>
        {mayMove && columns.length > 1 && (
          <Menu position="bottom-end" transitionProps={{ duration: 80 }} withinPortal returnFocus>
            <Menu.Target>
              <ActionIcon
                ref={button}
                size={24}
                className={classes.menu}
                aria-label={t('board.move', { name })}
                onMouseDown={(event) => event.stopPropagation()}
                onTouchStart={(event) => event.stopPropagation()}
              >
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown
              mah={320}
              style={{ overflowY: 'auto' }}
              aria-label={t('board.moveTo')}
              // What is pressed here is not the card under it, which would be dragged.
              onMouseDown={(event) => event.stopPropagation()}
              onTouchStart={(event) => event.stopPropagation()}
            >
              {columns.map((to) => (
                <Menu.Item
                  key={to.stage}
                  disabled={to.stage === column.stage}
                  leftSection={
                    to.stage === column.stage ? <IconCheck size={14} /> : <IconArrowRight size={14} />
                  }
                  onClick={() => {
                    arrivingRef.current = card.id;
                    onMove(card, column, to);
                  }}
                >
                  {to.stage === column.stage
                    ? t('board.isHere', { stage: to.name })
                    : t('board.moveToStage', { stage: to.name })}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <Face card={card} fields={fields} />
    </li>
  );
}
