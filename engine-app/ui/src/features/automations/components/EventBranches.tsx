import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BpmnDocument, FlowNode } from '@/lib/bpmn/document';
import type { CardDescriptor, TriggerDescriptor } from '../api/getCatalogue';
import { EventForm } from './form/EventForm';
import { SettingsForm } from './form/SettingsForm';

interface Props {
  document: BpmnDocument;
  /** What the run waits for the first of: events and a time-out. */
  branches: FlowNode[];
  cards: CardDescriptor[];
  triggers: TriggerDescriptor[];
  onEdit: (change: (document: BpmnDocument) => void) => void;
}

/** The events that a run waits for, and how long (AUT-021). */
export function EventBranches({ document, branches, cards, triggers, onEdit }: Props) {
  const { t } = useTranslation();
  const nodes = document.nodes();
  const timed = branches.some((branch) => branch.kind === 'wait');
  return (
    <Stack gap="lg">
      {branches.map((branch) => (
        <section key={branch.id} aria-label={branch.name || t(`editor.kinds.${branch.kind}`)}>
          <Title order={3} mb={4}>
            {branch.kind === 'wait' ? t('editor.timeOut') : t('editor.theEvent')}
            {branch.name && (
              <Text span size="sm" c="dimmed">
                {' · '}
                {branch.name}
              </Text>
            )}
          </Title>
          {branch.kind === 'wait' ? (
            <SettingsForm
              form={cards.find((card) => card.type === 'flow.wait')?.fields ?? []}
              settings={document.settings(branch.id, 'wait') ?? {}}
              trigger={undefined}
              nodes={nodes}
              entity="leads"
              onChange={(next) => onEdit((draft) => draft.setWait(branch.id, next))}
            />
          ) : (
            <EventForm
              settings={document.settings(branch.id, 'event') ?? {}}
              triggers={triggers}
              nodes={nodes}
              onChange={(next) => onEdit((draft) => draft.setSettings(branch.id, 'event', next))}
            />
          )}
        </section>
      ))}
      {!timed && (
        <Text size="sm" c="dimmed">
          {t('editor.noTimeOut')}
        </Text>
      )}
    </Stack>
  );
}
