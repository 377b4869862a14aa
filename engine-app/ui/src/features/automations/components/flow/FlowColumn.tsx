import { ActionIcon } from '@mantine/core';
import { IconCornerDownRight, IconPlus, IconX } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowNode } from '@/lib/bpmn/document';
import type { Column, Step } from '@/lib/bpmn/flowTree';
import { BranchHead } from './BranchHead';
import { CardBox } from './CardBox';
import classes from './Flow.module.css';
import { useFlow } from './flowState';

/** The line to the next step, with the button that puts a card there. */
function Way({ flow }: { flow: string | undefined }) {
  const { t } = useTranslation();
  const { fixed, nodes, onAdd, document } = useFlow();
  const ends = document.flows().find(({ id }) => id === flow);
  const from = nodes.find(({ id }) => id === ends?.source);
  // What a run waits for comes right after the card that waits.
  if (fixed || !flow || from?.kind === 'eventGateway') return <div className={classes.line} />;
  return (
    <div className={classes.way}>
      <button
        type="button"
        className={classes.plus}
        aria-label={t('flow.addAfter', { name: from?.name ?? '' })}
        title={t('flow.addCard')}
        onClick={() => onAdd(flow)}
      >
        <IconPlus size={14} aria-hidden />
      </button>
    </div>
  );
}

/** Whether a branch leads to what stands under all of them. */
const leadsOn = ({ steps, flows, goesOnAt }: Column) => flows.length > steps.length && !goesOnAt;

function Branches({ step }: { step: Step }) {
  const splits = step.node.kind !== 'eventGateway';
  const meet = step.branches.some(leadsOn);
  return (
    <div className={classes.branches} data-meet={meet || undefined}>
      {step.branches.map((branch, index) => (
        <div key={branch.flow.id} className={classes.branch}>
          {splits && <BranchHead node={step.node} flow={branch.flow} number={index + 1} />}
          <FlowColumn column={branch} />
          <div className={classes.rest} data-on={leadsOn(branch) || undefined} />
        </div>
      ))}
    </div>
  );
}

/** Where a branch goes on at a step that stands elsewhere. */
function GoesOn({ node, flow }: { node: FlowNode | undefined; flow: string | undefined }) {
  const { t } = useTranslation();
  const { fixed, onChoose, onEdit } = useFlow();
  return (
    <div className={classes.goesOn}>
      <button type="button" className={classes.link} onClick={() => onChoose(node?.id)}>
        <IconCornerDownRight size={14} aria-hidden /> {t('flow.goesOnAt', { name: node?.name || node?.id })}
      </button>
      {!fixed && flow && (
        <ActionIcon
          size="xs"
          variant="subtle"
          color="gray"
          aria-label={t('flow.endHere')}
          title={t('flow.endHere')}
          onClick={() => onEdit((draft) => draft.endHere(flow))}
        >
          <IconX size={12} />
        </ActionIcon>
      )}
    </div>
  );
}

/** Steps from top to bottom. */
export function FlowColumn({ column }: { column: Column }) {
  const { nodes } = useFlow();
  const { steps, flows, goesOnAt } = column;
  const onward = flows.length > steps.length ? flows[steps.length] : undefined;
  return (
    <div className={classes.column}>
      {steps.map((step, index) => (
        <Fragment key={step.node.id}>
          {step.node.kind !== 'start' && <Way flow={flows[index]} />}
          <CardBox node={step.node} />
          {step.branches.length > 0 && <Branches step={step} />}
        </Fragment>
      ))}
      {onward !== undefined && <Way flow={onward} />}
      {goesOnAt && <GoesOn node={nodes.find(({ id }) => id === goesOnAt)} flow={onward} />}
    </div>
  );
}
