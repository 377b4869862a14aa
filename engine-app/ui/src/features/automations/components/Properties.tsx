import { Button, Code, Divider, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BpmnDocument, FlowNode } from '@/lib/bpmn/document';
import type { CardDescriptor, Setting, TriggerDescriptor } from '../api/getCatalogue';
import type { CardFigures } from '../api/getFigures';
import { readCondition } from './condition';
import { ConditionForm } from './ConditionForm';
import classes from './Automation.module.css';
import { SettingsForm } from './SettingsForm';

interface Props {
  document: BpmnDocument;
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
  onEdit: (change: (document: BpmnDocument) => void) => void;
  cards: CardDescriptor[];
  triggers: TriggerDescriptor[];
  figures: CardFigures[];
}

function entityOf(type: string | undefined) {
  const about = type?.split('.')[0];
  if (about === 'contact') return 'contacts';
  if (about === 'account') return 'accounts';
  if (about === 'activity') return 'activities';
  if (about === 'task') return 'tasks';
  return 'leads';
}

/** What can be set of the chosen step; without one, the list of all steps. */
export function Properties({ document, chosen, onChoose, onEdit, cards, triggers, figures }: Props) {
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
      <div>
        <Title order={2} mb={4}>
          {t('editor.steps')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t('editor.stepsText')}
        </Text>
        <ol className={classes.steps}>
          {nodes.map((entry) => {
            const counted = figures.find((figure) => figure.card === entry.id);
            return (
              <li key={entry.id}>
                <button type="button" className={classes.step} onClick={() => onChoose(entry.id)}>
                  <span className={classes.stepName}>{entry.name || kindLabel(entry)}</span>
                  <span className={classes.stepKind}>
                    {kindLabel(entry)}
                    {counted &&
                      counted.entered != null &&
                      ` · ${t('editor.entered', { count: counted.entered })}`}
                    {(counted?.waiting ?? 0) > 0 &&
                      ` · ${t('editor.waiting', { count: counted?.waiting ?? 0 })}`}
                    {(counted?.failed ?? 0) > 0 &&
                      ` · ${t('editor.failed', { count: counted?.failed ?? 0 })}`}
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
      </div>
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
      {name}
      {node.kind === 'start' && (
        <>
          <SettingsForm
            key={node.id}
            form={triggerForm}
            settings={document.settings(node.id, 'trigger') ?? {}}
            trigger={trigger}
            nodes={nodes}
            entity={entityOf(node.type)}
            onChange={(next) => onEdit((draft) => draft.setSettings(node.id, 'trigger', next))}
          />
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
                const empty = (next.criteria?.length ?? 0) === 0 && !next.drl && !next.rule;
                draft.setSettings(node.id, 'trigger', empty ? rest : { ...rest, condition: next });
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
      {node.kind === 'wait' && (
        <SettingsForm
          key={node.id}
          form={cards.find((card) => card.type === 'flow.wait')?.fields ?? []}
          settings={document.settings(node.id, 'wait') ?? {}}
          trigger={trigger}
          nodes={nodes}
          entity="leads"
          onChange={(next) => onEdit((draft) => draft.setSettings(node.id, 'wait', next))}
        />
      )}
      {node.kind === 'event' && (
        <SettingsForm
          key={node.id}
          form={[{ key: 'event', label: t('editor.event'), input: 'json', help: t('editor.eventText') }]}
          settings={{ event: document.settings(node.id, 'event') }}
          trigger={trigger}
          nodes={nodes}
          entity="leads"
          onChange={(next) =>
            onEdit((draft) =>
              draft.setSettings(node.id, 'event', next['event'] as Record<string, unknown> | undefined),
            )
          }
        />
      )}
      {node.kind === 'gateway' && (
        <Stack gap="md">
          {node.outgoing.length > 2 && (
            <Text size="sm" c="dimmed">
              {t('editor.priority')}
            </Text>
          )}
          {node.outgoing.map((id, index) => {
            const out = flows.find((entry) => entry.id === id);
            const target = nodes.find((entry) => entry.id === out?.target);
            return (
              <section key={id} aria-label={out?.name || t('editor.branch', { number: index + 1 })}>
                <Group gap={6} mb={4}>
                  <Text size="sm" fw={600}>
                    {out?.name || t('editor.branch', { number: index + 1 })}
                  </Text>
                  <Text size="xs" c="dimmed">
                    → {target?.name || (target ? kindLabel(target) : '')}
                  </Text>
                </Group>
                {node.defaultFlow === id ? (
                  <Text size="sm" c="dimmed">
                    {t('editor.defaultFlow')}
                  </Text>
                ) : (
                  condition(id)
                )}
              </section>
            );
          })}
        </Stack>
      )}
    </Stack>
  );
}
