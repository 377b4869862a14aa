import { Alert, Button, Code, Divider, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BpmnDocument, FlowNode, SequenceFlow } from '@/lib/bpmn/document';
import type { FlowDraft } from '@/lib/bpmn/flowDraft';
import type { CardDescriptor, Setting, TriggerDescriptor } from '../api/getCatalogue';
import type { CardFigures } from '../api/getFigures';
import { EventBranches } from './EventBranches';
import { isEmptyCondition, readCondition, subjectOf } from './form/condition';
import { ConditionForm } from './form/ConditionForm';
import { SettingsForm } from './form/SettingsForm';
import { GatewayBranches } from './GatewayBranches';
import { StepList } from './StepList';

interface Props {
  document: BpmnDocument;
  chosen: string | undefined;
  /** Whether nothing can be changed. */
  fixed: boolean;
  onChoose: (id: string | undefined) => void;
  onEdit: (change: (draft: FlowDraft) => void) => void;
  cards: CardDescriptor[];
  triggers: TriggerDescriptor[];
  figures: CardFigures[];
}

function entityOf(type: string | undefined) {
  const about = subjectOf(type);
  if (about === 'opportunity') return 'opportunities';
  if (about === 'contact') return 'contacts';
  if (about === 'account') return 'accounts';
  if (about === 'activity') return 'activities';
  if (about === 'task') return 'tasks';
  return 'leads';
}

/** The events and the time-out that a run waits for together, for any of them or the gateway before them. */
function eventBranches(node: FlowNode, nodes: FlowNode[], flows: SequenceFlow[]): FlowNode[] {
  const before = flows.find((flow) => flow.id === node.incoming[0])?.source;
  const gateway =
    node.kind === 'eventGateway'
      ? node
      : nodes.find((entry) => entry.id === before && entry.kind === 'eventGateway');
  if (!gateway) return node.kind === 'event' ? [node] : [];
  return gateway.outgoing
    .map((id) => flows.find((flow) => flow.id === id)?.target)
    .map((id) => nodes.find((entry) => entry.id === id))
    .filter((entry) => entry !== undefined);
}

/** Settings that may only be read by who may not edit automations. */
function Fixed({ fixed, children }: { fixed: boolean; children: ReactNode }) {
  return (
    <fieldset disabled={fixed} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <Stack gap="sm">{children}</Stack>
    </fieldset>
  );
}

/** What can be set of the chosen step; without one, the list of all steps. */
export function Properties({ document, chosen, fixed, onChoose, onEdit, cards, triggers, figures }: Props) {
  const { t } = useTranslation();
  const nodes = document.nodes();
  const flows = document.flows();
  const trigger = nodes.find((node) => node.kind === 'start')?.type;
  const node = nodes.find((entry) => entry.id === chosen);
  const flow = flows.find((entry) => entry.id === chosen);
  const kindLabel = (entry: FlowNode) =>
    cards.find((card) => card.type === entry.type)?.label ??
    (entry.kind === 'start'
      ? (triggers.find((item) => item.type === entry.type)?.label ?? t('editor.kinds.start'))
      : t(`editor.kinds.${entry.kind}`));

  const condition = (flowId: string) => (
    <ConditionForm
      condition={readCondition(document.settings(flowId, 'condition'))}
      trigger={trigger}
      nodes={nodes}
      onChange={(next) =>
        onEdit((draft) => draft.setSettings(flowId, 'condition', next as unknown as Record<string, unknown>))
      }
    />
  );

  if (!node && !flow) {
    return (
      <StepList
        name={document.name}
        fixed={fixed}
        onRename={(name) =>
          onEdit((draft) => {
            draft.name = name;
          })
        }
        nodes={nodes}
        figures={figures}
        kindLabel={kindLabel}
        onChoose={onChoose}
      />
    );
  }

  const back = (
    <Button
      variant="subtle"
      leftSection={<IconArrowLeft size={14} />}
      onClick={() => onChoose(undefined)}
      ml={-8}
      style={{ alignSelf: 'flex-start' }}
    >
      {t('editor.steps')}
    </Button>
  );

  if (flow) {
    const from = nodes.find((entry) => entry.id === flow.source);
    const isDefault = from?.defaultFlow === flow.id;
    return (
      <Stack gap="sm">
        {back}
        <Title order={2}>{flow.name || t('editor.flow')}</Title>
        <Fixed fixed={fixed}>
          <TextInput
            label={t('common.name')}
            value={flow.name}
            onChange={(event) => {
              const { value } = event.currentTarget;
              onEdit((draft) => draft.rename(flow.id, value));
            }}
          />
          {from?.kind === 'gateway' && !isDefault ? (
            condition(flow.id)
          ) : (
            <Text size="sm" c="dimmed">
              {t(isDefault ? 'editor.defaultFlow' : 'editor.plainFlow')}
            </Text>
          )}
        </Fixed>
      </Stack>
    );
  }

  if (!node) return null;
  const descriptor = cards.find((card) => card.type === node.type);
  const triggerDescriptor = triggers.find((item) => item.type === node.type);
  const name = (
    <TextInput
      label={t('common.name')}
      value={node.name}
      onChange={(event) => {
        const { value } = event.currentTarget;
        onEdit((draft) => draft.rename(node.id, value));
      }}
    />
  );
  const branches = eventBranches(node, nodes, flows);
  const triggerForm: Setting[] = (triggerDescriptor?.fields ?? []).filter(
    (setting) => setting.key !== 'condition',
  );

  return (
    <Stack gap="sm">
      {back}
      <div>
        <Title order={2}>{node.name || kindLabel(node)}</Title>
        <Text size="xs" c="dimmed">
          {kindLabel(node)}
          {node.type && (
            <>
              {' · '}
              <Code fz="xs">{node.type}</Code>
            </>
          )}
        </Text>
        {descriptor?.description && (
          <Text size="sm" c="dimmed" mt={4}>
            {descriptor.description}
          </Text>
        )}
      </div>
      {!fixed && descriptor?.withheld && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />}>
          {t('editor.withheld', { reason: descriptor.withheld })}
        </Alert>
      )}
      <Fixed fixed={fixed}>
        {name}
        {node.kind === 'end' && (
          <Select
            label={t('flow.goOnInstead')}
            description={t('flow.goOnInsteadText')}
            placeholder={t('flow.endsHere')}
            data={nodes
              .filter(({ kind }) => kind !== 'start' && kind !== 'end' && kind !== 'event')
              .map((other) => ({ value: other.id, label: other.name || kindLabel(other) }))}
            value={null}
            searchable
            onChange={(target) => {
              if (!target) return;
              onEdit((draft) => draft.goOnAt(node.id, target));
              onChoose(target);
            }}
          />
        )}
        {node.kind === 'start' && (
          <>
            <Select
              label={t('flow.startsWhen')}
              data={triggers.map(({ type, label }) => ({ value: type, label: label ?? type }))}
              value={node.type ?? null}
              allowDeselect={false}
              searchable
              required
              onChange={(type) => {
                const label = triggers.find((other) => other.type === type)?.label;
                if (type) onEdit((draft) => draft.setTrigger(type, label ?? type));
              }}
            />
            {triggerForm.length > 0 && (
              <SettingsForm
                key={node.id}
                form={triggerForm}
                settings={document.settings(node.id, 'trigger') ?? {}}
                trigger={trigger}
                nodes={nodes}
                entity={entityOf(node.type)}
                onChange={(next) => onEdit((draft) => draft.setSettings(node.id, 'trigger', next))}
              />
            )}
            <Divider />
            <Text size="sm" fw={600}>
              {t('editor.onlyWhen')}
            </Text>
            <ConditionForm
              condition={readCondition(
                document.settings(node.id, 'trigger')?.['condition'] as Record<string, unknown> | undefined,
              )}
              trigger={trigger}
              nodes={[]}
              onChange={(next) =>
                onEdit((draft) => {
                  const { condition: _before, ...rest } = draft.settings(node.id, 'trigger') ?? {};
                  draft.setSettings(
                    node.id,
                    'trigger',
                    isEmptyCondition(next) ? rest : { ...rest, condition: next },
                  );
                })
              }
            />
          </>
        )}
        {node.kind === 'card' && (
          <SettingsForm
            key={node.id}
            form={descriptor?.fields ?? []}
            settings={document.settings(node.id, 'card') ?? {}}
            trigger={trigger}
            nodes={nodes.slice(0, nodes.indexOf(node))}
            entity={entityOf(node.type)}
            onChange={(next) => onEdit((draft) => draft.setSettings(node.id, 'card', next))}
          />
        )}
        {node.kind === 'wait' && branches.length === 0 && (
          <SettingsForm
            key={node.id}
            form={cards.find((card) => card.type === 'flow.wait')?.fields ?? []}
            settings={document.settings(node.id, 'wait') ?? {}}
            trigger={trigger}
            nodes={nodes}
            entity="leads"
            onChange={(next) => onEdit((draft) => draft.setWait(node.id, next))}
          />
        )}
        {branches.length > 0 && (
          <EventBranches
            document={document}
            branches={branches}
            cards={cards}
            triggers={triggers}
            onEdit={onEdit}
          />
        )}
        {node.kind === 'gateway' && (
          <GatewayBranches
            node={node}
            nodes={nodes}
            flows={flows}
            kindLabel={kindLabel}
            condition={condition}
          />
        )}
      </Fixed>
    </Stack>
  );
}
