import { ActionIcon, Group, Switch, TextInput } from '@mantine/core';
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { IconGripVertical, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftStage } from './deals';
import classes from './StageRows.module.css';

interface RowProps {
  stage: DraftStage;
  index: number;
  alone: boolean;
  error: string | undefined;
  onChange: (key: string, next: Partial<DraftStage>) => void;
  onRemove: (key: string) => void;
}

function StageRow({ stage, index, alone, error, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } =
    useSortable({ id: stage.key, attributes: { roleDescription: t('settings.pipelines.sortable') } });
  const place = t('settings.pipelines.stage', { number: index + 1 });
  const name = stage.name.trim() || place;
  return (
    <div
      ref={setNodeRef}
      className={classes.row}
      data-dragged={isDragging || undefined}
      style={{
        transform: transform ? `translate3d(0, ${Math.round(transform.y)}px, 0)` : undefined,
        transition,
      }}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        className={classes.grip}
        data-grip=""
        {...attributes}
        {...listeners}
        // Escape leaves the stage where it was, and not the dialog.
        data-mantine-stop-propagation={isDragging}
        aria-label={t('settings.pipelines.order', { name, place: index + 1 })}
      >
        <IconGripVertical size={16} aria-hidden />
      </button>
      <TextInput
        className={classes.name}
        aria-label={place}
        placeholder={place}
        value={stage.name}
        error={error}
        onChange={(event) => onChange(stage.key, { name: event.currentTarget.value })}
        maxLength={250}
      />
      <Group gap="4px 12px" className={classes.charts}>
        <Switch
          size="xs"
          label={t('settings.pipelines.funnel')}
          aria-label={`${t('settings.pipelines.funnel')}: ${name}`}
          checked={stage.funnel}
          onChange={(event) => onChange(stage.key, { funnel: event.currentTarget.checked })}
        />
        <Switch
          size="xs"
          label={t('settings.pipelines.pie')}
          aria-label={`${t('settings.pipelines.pie')}: ${name}`}
          checked={stage.pie}
          onChange={(event) => onChange(stage.key, { pie: event.currentTarget.checked })}
        />
      </Group>
      <ActionIcon
        aria-label={t('settings.pipelines.remove', { name })}
        disabled={alone}
        onClick={() => onRemove(stage.key)}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}

interface Props {
  stages: DraftStage[];
  /** What is wrong with the name of the stage at a place. */
  errorOf: (index: number) => string | undefined;
  onStages: (next: DraftStage[]) => void;
}

/** The stages in their order, which is changed by dragging their grips or with the keys on them (REV-022). */
export function StageRows({ stages, errorOf, onStages }: Props) {
  const { t } = useTranslation();
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const rows = useRef<HTMLDivElement>(null);
  const remove = (key: string) => {
    const next = stages.filter((one) => one.key !== key);
    const place = Math.min(indexOf(key), next.length - 1);
    onStages(next);
    // What was pressed is gone with its row.
    requestAnimationFrame(() => rows.current?.querySelectorAll<HTMLElement>('[data-grip]')[place]?.focus());
  };
  const indexOf = (key: UniqueIdentifier | undefined) => stages.findIndex((stage) => stage.key === key);
  const nameOf = (key: UniqueIdentifier) => stages[indexOf(key)]?.name ?? '';
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const to = indexOf(over?.id);
    if (to >= 0 && active.id !== over?.id) onStages(arrayMove(stages, indexOf(active.id), to));
  };
  const said = (active: UniqueIdentifier, over: UniqueIdentifier | undefined) =>
    t('settings.pipelines.atPlace', { name: nameOf(active), place: indexOf(over ?? active) + 1 });
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{
        announcements: {
          onDragStart: ({ active }) => said(active.id, active.id),
          onDragOver: ({ active, over }) => said(active.id, over?.id),
          onDragEnd: ({ active, over }) => said(active.id, over?.id),
          onDragCancel: ({ active }) => said(active.id, active.id),
        },
        screenReaderInstructions: { draggable: t('settings.pipelines.orderHelp') },
      }}
    >
      <SortableContext items={stages.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
        <div ref={rows} className={classes.rows}>
          {stages.map((stage, index) => (
            <StageRow
              key={stage.key}
              stage={stage}
              index={index}
              alone={stages.length === 1}
              error={errorOf(index)}
              onChange={(key, next) =>
                onStages(stages.map((one) => (one.key === key ? { ...one, ...next } : one)))
              }
              onRemove={remove}
            />
          ))}
        </div>
      </SortableContext>
    </DndContext>
  );
}
