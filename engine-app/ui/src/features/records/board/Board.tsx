import { VisuallyHidden } from '@mantine/core';
import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFields } from '@/api/getSchema';
import { type RecordData, titleOf } from '@/api/records';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { Problem } from '@/lib/http';
import { BoardColumn } from './BoardColumn';
import { DraggedCard, ON_CARDS } from './BoardCard';
import { type Column, useBoard, useMoveCard, useMoving } from './board';
import classes from './Board.module.css';

/** The board says by itself where a card went, whichever way it was moved. */
const SILENT = {
  announcements: {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  },
  screenReaderInstructions: { draggable: '' },
};

interface Props {
  pipeline: number;
  filter: string | undefined;
  /** What is said when a search or filter finds none. */
  nothing: ReactNode;
}

/** Opportunities as cards in the columns of a pipeline's stages, from the first to the last (REV-007, REV-008). */
export function Board({ pipeline, filter, nothing }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const allFields = useFields('opportunities').data;
  const fields = useMemo(() => allFields ?? [], [allFields]);
  const wanted = useMemo(() => ON_CARDS.filter((key) => fields.some((field) => field.key === key)), [fields]);
  const board = useBoard(pipeline, filter);
  const [dragged, setDragged] = useState<RecordData | null>(null);
  const [said, setSaid] = useState('');
  const arrivingRef = useRef<number | null>(null);
  const moving = useMoving();
  const move = useMoveCard(pipeline, filter, wanted, ({ card, from }, error) => {
    if (document.activeElement?.closest(`[data-card="${card.id}"]`)) arrivingRef.current = card.id;
    const name = titleOf('opportunities', card);
    const text =
      error instanceof Problem && error.status === 409
        ? t('board.changed', { name, stage: from.name })
        : t('board.back', { name, stage: from.name, why: problemText(error) });
    setSaid(text);
    toast(text, { kind: 'bad' });
  });
  const sensors = useSensors(
    // A click is no drag, and a finger that scrolls is none either.
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  );

  if (board.error && !board.data) {
    return <ProblemAlert error={board.error} m="md" onRetry={() => void board.refetch()} />;
  }
  if (!board.data) return <PageSkeleton rows={6} />;
  const { columns } = board.data;
  if (nothing !== null && columns.every(({ count }) => count === 0)) return nothing;

  const onMove = (card: RecordData, from: Column, to: Column) => {
    if (from.stage === to.stage) return;
    setSaid(t('board.moved', { name: titleOf('opportunities', card), stage: to.name }));
    move.mutate({ card, from, to });
  };
  const onDragStart = ({ active }: DragStartEvent) =>
    setDragged((active.data.current?.['card'] as RecordData | undefined) ?? null);
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const from = active.data.current?.['column'] as Column | undefined;
    const card = active.data.current?.['card'] as RecordData | undefined;
    const to = columns.find(({ stage }) => stage === over?.id);
    if (from && card && to) onMove(card, from, to);
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={SILENT}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      onDragCancel={() => setDragged(null)}
    >
      <div className={classes.board} data-guide="content">
        {columns.map((column) => (
          <BoardColumn
            key={column.stage}
            column={column}
            columns={columns}
            filter={filter}
            fields={fields}
            wanted={wanted}
            moving={moving}
            arrivingRef={arrivingRef}
            onMove={onMove}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && <DraggedCard card={dragged} fields={fields} />}
      </DragOverlay>
      <VisuallyHidden role="status" aria-live="polite">
        {said}
      </VisuallyHidden>
    </DndContext>
  );
}
