import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconTrash } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CriterionText } from '@/components/why/CriterionText';
import type { FlowNode, SequenceFlow } from '@/lib/bpmn/document';
import { readCondition } from '../form/condition';
import classes from './Flow.module.css';
import { useFlow } from './flowState';

const DRAGGED = 'application/x-leadloom-branch';

interface Props {
  node: FlowNode;
  flow: SequenceFlow;
  /** Its place from the left, from 1. */
  number: number;
}

/** The top of a branch: its name and condition; dragged, or moved with Alt and the arrows, left wins (AUT-016). */
export function BranchHead({ node, flow, number }: Props) {
  const { t } = useTranslation();
  const { document, chosen, fixed, problems, onChoose, onEdit } = useFlow();
  const [over, setOver] = useState(false);
  const isDefault = node.defaultFlow === flow.id;
  const isChosen = chosen === flow.id;
  const movable = !fixed && !isDefault;
  const condition =
    node.kind === 'gateway' && !isDefault
      ? readCondition(document.settings(flow.id, 'condition'))
      : undefined;
  const criteria = condition?.criteria ?? [];
  const move = (by: number) => onEdit((draft) => draft.moveBranch(flow.id, by));
  const press = (event: KeyboardEvent) => {
    if (!movable) return;
    if (event.altKey && event.key === 'ArrowLeft') move(-1);
    else if (event.altKey && event.key === 'ArrowRight') move(1);
    else return;
    event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    const dragged = node.outgoing.indexOf(event.dataTransfer.getData(DRAGGED));
    const here = node.outgoing.indexOf(flow.id);
    const id = node.outgoing[dragged];
    if (id === undefined || dragged === here) return;
    event.preventDefault();
    onEdit((draft) => draft.moveBranch(id, here - dragged));
  };
  const tools = [
    { label: t('flow.moveLeft'), icon: IconChevronLeft, off: number === 1, onClick: () => move(-1) },
    {
      label: t('flow.moveRight'),
      icon: IconChevronRight,
      off: number >= node.outgoing.length - (node.defaultFlow ? 1 : 0),
      onClick: () => move(1),
    },
    {
      label: t('flow.removeBranch'),
      icon: IconTrash,
      off: false,
      onClick: () => {
        onEdit((draft) => draft.removeBranch(flow.id));
        onChoose(undefined);
      },
    },
  ];

  return (
    <div
      role="presentation"
      className={classes.head}
      data-element={flow.id}
      data-chosen={isChosen || undefined}
      data-over={over || undefined}
      data-problem={problems.includes(flow.id) || undefined}
      draggable={movable}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData(DRAGGED, flow.id);
      }}
      onDragOver={(event) => {
        if (!movable || !event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <button
        type="button"
        data-card
        className={classes.headButton}
        aria-pressed={isChosen}
        onClick={() => onChoose(flow.id)}
        onKeyDown={press}
      >
        <span className={classes.headName}>{flow.name || t('editor.branch', { number })}</span>
        <span className={classes.summary}>
          {isDefault
            ? t('editor.defaultFlow')
            : criteria.length > 0
              ? criteria.map((criterion, index) => (
                  <span key={index}>
                    <CriterionText criterion={criterion} />
                  </span>
                ))
              : (condition?.rule ?? (condition && (condition.drl ? t('flow.drl') : t('flow.noCondition'))))}
        </span>
      </button>
      {isChosen && movable && (
        <div className={classes.cardTools} role="group" aria-label={t('flow.toolsOf', { name: flow.name })}>
          {tools.map(({ label, icon: Icon, off, onClick }) => (
            <ActionIcon
              key={label}
              size={24}
              variant="subtle"
              color="gray"
              disabled={off}
              aria-label={label}
              title={label}
              onClick={onClick}
            >
              <Icon size={14} />
            </ActionIcon>
          ))}
        </div>
      )}
    </div>
  );
}
