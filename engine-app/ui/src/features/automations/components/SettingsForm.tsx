import {
  Box,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  ActionIcon,
  Button,
} from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAutomations } from '@/api/getAutomations';
import { useLists } from '@/api/getLists';
import { useFields } from '@/api/getSchema';
import { useTags } from '@/api/getTags';
import { useTypes } from '@/api/getTypes';
import { useUsers } from '@/api/getUsers';
import type { FlowNode } from '@/lib/bpmn/document';
import { UNITS } from '@/lib/filter/model';
import type { Setting } from '../api/getCatalogue';
import { readCondition } from './condition';
import { ConditionForm } from './ConditionForm';

type Settings = Record<string, unknown>;

interface InputProps {
  setting: Setting;
  value: unknown;
  onChange: (value: unknown) => void;
  trigger: string | undefined;
  nodes: FlowNode[];
  entity: 'leads' | 'contacts' | 'accounts' | 'activities' | 'tasks';
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Values for several fields: a row for each, with merge fields allowed. */
function FieldValues({ setting, value, onChange, entity }: InputProps) {
  const { t } = useTranslation();
  const fields = useFields(entity).data ?? [];
  const values = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const entries = Object.entries(values);
  const replace = (index: number, key: string, next: unknown) =>
    onChange(Object.fromEntries(entries.map((entry, at) => (at === index ? [key, next] : entry))));
  return (
    <Box>
      <Text size="sm" fw={500}>
        {setting.label}
      </Text>
      {setting.help && (
        <Text size="xs" c="dimmed">
          {setting.help}
        </Text>
      )}
      <Stack gap={6} mt={4}>
        {entries.map(([key, text], index) => {
          const field = fields.find((entry) => entry.key === key);
          return (
            <Group key={key} gap={4} wrap="nowrap">
              <Select
                size="xs"
                flex={1}
                aria-label={t('filter.field')}
                data={fields.map((entry) => ({ value: entry.key, label: entry.label }))}
                value={key}
                searchable
                allowDeselect={false}
                onChange={(next) => next && replace(index, next, text)}
              />
              {field?.options && field.options.length > 0 ? (
                <Select
                  size="xs"
                  flex={1}
                  aria-label={t('filter.value')}
                  data={field.options}
                  value={String(text ?? '') || null}
                  onChange={(next) => replace(index, key, next ?? '')}
                />
              ) : (
                <TextInput
                  size="xs"
                  flex={1}
                  aria-label={t('filter.value')}
                  value={String(text ?? '')}
                  onChange={(event) => replace(index, key, event.currentTarget.value)}
                />
              )}
              <ActionIcon
                size="sm"
                aria-label={t('common.remove')}
                onClick={() => onChange(Object.fromEntries(entries.filter((_, at) => at !== index)))}
              >
                <IconX size={14} />
              </ActionIcon>
            </Group>
          );
        })}
        <Group>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            onClick={() => {
              const free = fields.find((field) => !field.readOnly && !(field.key in values));
              if (free) onChange({ ...values, [free.key]: '' });
            }}
          >
            {t('editor.addField')}
          </Button>
        </Group>
      </Stack>
    </Box>
  );
}

function JsonInput({ setting, value, onChange }: InputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2));
  const [broken, setBroken] = useState(false);
  return (
    <Textarea
      label={setting.label}
      description={setting.help}
      required={setting.required ?? false}
      autosize
      minRows={3}
      maxRows={16}
      value={text}
      error={broken ? t('editor.notJson') : undefined}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        try {
          onChange(next.trim() === '' ? undefined : JSON.parse(next));
          setBroken(false);
        } catch {
          setBroken(true);
        }
      }}
    />
  );
}

function SettingInput(props: InputProps) {
  const { setting, value, onChange, trigger, nodes, entity } = props;
  const { t } = useTranslation();
  const lists = useLists().data ?? [];
  const users = useUsers().data ?? [];
  const tags = useTags().data ?? [];
  const fields = useFields(entity).data ?? [];
  const activityTypes = useTypes('activity-types').data ?? [];
  const taskTypes = useTypes('task-types').data ?? [];
  const automations = useAutomations(setting.input === 'automation').data ?? [];
  const text = value == null ? '' : String(value);
  const shared = { label: setting.label, description: setting.help, required: setting.required ?? false };
  const select = (data: { value: string; label: string }[], open = false) => (
    <Select
      {...shared}
      // A value that is no longer among the choices stays visible.
      data={
        text && !data.some((option) => option.value === text) ? [{ value: text, label: text }, ...data] : data
      }
      value={text || null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable={data.length > 8 || open}
      clearable={!setting.required}
    />
  );

  switch (setting.input) {
    case 'longText':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={3}
          maxRows={14}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'html':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={5}
          maxRows={18}
          value={text}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={value == null ? '' : Number(value)}
          onChange={(next) => onChange(next === '' ? undefined : Number(next))}
        />
      );
    case 'boolean':
      return (
        <Switch
          label={setting.label}
          description={setting.help}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'select':
      return select(setting.options ?? []);
    case 'tags':
      return <TagsInput {...shared} data={tags} value={strings(value)} onChange={onChange} />;
    case 'list':
      return (
        <Select
          {...shared}
          data={lists
            .map((list) => list.name)
            .concat(text && !lists.some((list) => list.name === text) ? [text] : [])}
          value={text || null}
          onChange={(next) => onChange(next ?? undefined)}
          searchable
        />
      );
    case 'user':
      return select([
        { value: 'owner', label: t('editor.owner') },
        ...users.map((user) => ({ value: `user:${user.login}`, label: user.name })),
      ]);
    case 'users':
      return (
        <MultiSelect
          {...shared}
          data={users.map((user) => ({ value: user.login, label: user.name }))}
          value={strings(value)}
          onChange={onChange}
          searchable
        />
      );
    case 'field':
      return select(
        fields.map((field) => ({ value: field.key, label: field.label })),
        true,
      );
    case 'fields':
      return (
        <MultiSelect
          {...shared}
          data={fields.map((field) => ({ value: field.key, label: field.label }))}
          value={strings(value)}
          onChange={onChange}
          searchable
        />
      );
    case 'fieldValues':
      return <FieldValues {...props} />;
    case 'activityType':
      return select(activityTypes.map((type) => ({ value: type.key, label: type.label })));
    case 'taskType':
      return select(taskTypes.map((type) => ({ value: type.key, label: type.label })));
    case 'automation':
      return select(automations.map((entry) => ({ value: entry.key, label: entry.name })));
    case 'duration': {
      const duration = (value ?? {}) as { amount?: number; unit?: string };
      return (
        <Group gap={6} align="end" wrap="nowrap">
          <NumberInput
            {...shared}
            flex={1}
            value={duration.amount ?? ''}
            onChange={(next) =>
              onChange(next === '' ? undefined : { amount: Number(next), unit: duration.unit ?? 'days' })
            }
          />
          <Select
            w={110}
            aria-label={t('filter.unit')}
            data={UNITS.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))}
            value={duration.unit ?? 'days'}
            allowDeselect={false}
            onChange={(next) => onChange({ amount: duration.amount ?? 1, unit: next ?? 'days' })}
          />
        </Group>
      );
    }
    case 'condition':
      return (
        <Box>
          <Text size="sm" fw={500} mb={4}>
            {setting.label}
          </Text>
          <ConditionForm
            condition={readCondition(value as Settings | undefined)}
            onChange={(next) =>
              onChange((next.criteria?.length ?? 0) === 0 && !next.drl && !next.rule ? undefined : next)
            }
            trigger={trigger}
            nodes={nodes}
          />
        </Box>
      );
    case 'json':
      return <JsonInput {...props} />;
    default:
      return (
        <TextInput
          {...shared}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
  }
}

interface Props {
  /** What can be set, from the card's or trigger's description. */
  form: Setting[];
  settings: Settings;
  onChange: (settings: Settings) => void;
  trigger: string | undefined;
  nodes: FlowNode[];
  entity: InputProps['entity'];
}

/** A form made from the description of a card. */
export function SettingsForm({ form, settings, onChange, trigger, nodes, entity }: Props) {
  const { t } = useTranslation();
  if (form.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('editor.nothingToSet')}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {form.map((setting) => (
        <SettingInput
          key={setting.key}
          setting={setting}
          value={settings[setting.key] ?? setting.default}
          trigger={trigger}
          nodes={nodes}
          entity={entity}
          onChange={(value) => {
            const others = Object.entries(settings).filter(([key]) => key !== setting.key);
            onChange(Object.fromEntries(value === undefined ? others : [...others, [setting.key, value]]));
          }}
        />
      ))}
    </Stack>
  );
}
