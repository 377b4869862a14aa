import { Divider, Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Entity } from '@/api/records';
import type { TriggerDescriptor } from '@/features/automations/api/getCatalogue';
import type { FlowNode } from '@/lib/bpmn/document';
import { canHear } from './awaited';
import { isEmptyCondition, readCondition, subjectOf } from './condition';
import { ConditionForm } from './ConditionForm';
import type { Settings } from './inputs';
import { SettingsForm } from './SettingsForm';

const AWAITED_OF: Partial<Record<string, Entity>> = {
  account: 'accounts',
  activity: 'activities',
  contact: 'contacts',
  opportunity: 'opportunities',
};

interface Props {
  settings: Settings;
  triggers: TriggerDescriptor[];
  nodes: FlowNode[];
  onChange: (settings: Settings) => void;
}

/** What a run waits for: the event, its details, and what must be true of it. */
export function EventForm({ settings, triggers, nodes, onChange }: Props) {
  const { t } = useTranslation();
  const start = nodes.find(({ kind }) => kind === 'start')?.type;
  const type = typeof settings['type'] === 'string' ? settings['type'] : undefined;
  const chosen = triggers.find((trigger) => trigger.type === type);
  const form = (chosen?.fields ?? []).filter((setting) => setting.key !== 'condition');
  const { condition, ...rest } = settings;
  return (
    <Stack gap="sm">
      <Select
        label={t('editor.event')}
        data={triggers
          .filter((trigger) => canHear(start, trigger.type) || trigger.type === type)
          .map((trigger) => ({ value: trigger.type, label: trigger.label ?? trigger.type }))}
        value={type ?? null}
        allowDeselect={false}
        required
        // The details of another event mean nothing to this one.
        onChange={(next) => next && next !== type && onChange({ type: next })}
      />
      {form.length > 0 && (
        <SettingsForm
          key={type}
          form={form}
          settings={rest}
          trigger={type}
          nodes={nodes}
          entity={AWAITED_OF[subjectOf(type) ?? ''] ?? 'leads'}
          onChange={(next) => onChange(condition === undefined ? next : { ...next, condition })}
        />
      )}
      {type && (
        <>
          <Divider />
          <Text size="sm" fw={600}>
            {t('editor.onlyWhen')}
          </Text>
          <ConditionForm
            condition={readCondition(condition as Settings | undefined)}
            trigger={type}
            nodes={nodes}
            onChange={(next) => onChange(isEmptyCondition(next) ? rest : { ...rest, condition: next })}
          />
        </>
      )}
    </Stack>
  );
}
