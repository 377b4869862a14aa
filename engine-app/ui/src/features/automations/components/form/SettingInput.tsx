import {
  Autocomplete,
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
} from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAutomations } from '@/api/getAutomations';
import { useLists } from '@/api/getLists';
import { useAllFields } from '@/api/getSchema';
import { useTags } from '@/api/getTags';
import { useTeams } from '@/api/getTeams';
import { useTypes } from '@/api/getTypes';
import { useUsers } from '@/api/getUsers';
import { isAdministrator, useSession } from '@/api/session';
import { LISTED, type Listed, type SmartList, useSmartLists } from '@/api/smartLists';
import { useWebhookSecrets } from '@/api/webhookSecrets';
import { ListsProblem } from '@/components/ListsProblem';
import { UNITS, WEEKDAYS } from '@/lib/filter/model';
import { timeZones } from '@/lib/format';
import { isEmptyCondition, readCondition } from './condition';
import { ConditionForm } from './ConditionForm';
import { FieldValues } from './FieldValues';
import type { InputProps, Settings } from './inputs';
import { JsonInput } from './JsonInput';

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The input for one setting, by the kind that its description names. */
export function SettingInput(props: InputProps) {
  const { setting, value, onChange, trigger, nodes, entity } = props;
  const { t } = useTranslation();
  const lists = useLists().data ?? [];
  const everybody = useUsers();
  const users = everybody.data ?? [];
  const tags = useTags().data ?? [];
  const fields = useAllFields(entity).data ?? [];
  const activityTypes = useTypes('activity-types').data ?? [];
  const taskTypes = useTypes('task-types').data ?? [];
  const allTeams = useTeams(setting.input === 'team');
  const teams = allTeams.data ?? [];
  const asked = setting.input === 'smartList';
  const smart: Record<Listed, SmartList[]> = {
    leads: useSmartLists('leads', asked).data?.items ?? [],
    contacts: useSmartLists('contacts', asked).data?.items ?? [],
    accounts: useSmartLists('accounts', asked).data?.items ?? [],
    opportunities: useSmartLists('opportunities', asked).data?.items ?? [],
  };
  const administrator = isAdministrator(useSession().data);
  const secrets = useWebhookSecrets(setting.input === 'secret' && administrator).data ?? [];
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
      limit={100}
    />
  );

  /** An input, and why there is nothing to choose from. */
  const withProblem = (list: ComponentProps<typeof ListsProblem>['lists'][number], input: ReactNode) => (
    <Stack gap={4}>
      {input}
      <ListsProblem lists={[list]} />
    </Stack>
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
    case 'smartList': {
      const known = Object.values(smart).flat();
      const missing = text && !known.some((list) => String(list.id) === text);
      return (
        <Select
          {...shared}
          data={[
            ...(missing ? [{ group: '', items: [{ value: text, label: `#${text}` }] }] : []),
            ...LISTED.filter((kind) => smart[kind].length > 0).map((kind) => ({
              group: t(`nav.${kind}`),
              items: smart[kind].map((list) => ({ value: String(list.id), label: list.name })),
            })),
          ]}
          value={text || null}
          onChange={(next) => onChange(next ?? undefined)}
          nothingFoundMessage={t('smart.empty')}
          searchable
        />
      );
    }
    case 'tag':
      return (
        <TagsInput
          {...shared}
          data={tags}
          maxTags={1}
          value={strings(value).length > 0 ? strings(value) : text ? [text] : []}
          onChange={(next) => onChange(next[0])}
        />
      );
    case 'team':
      return withProblem(allTeams, select(teams.map((team) => ({ value: team.name, label: team.name }))));
    case 'secret':
      return (
        <Autocomplete
          {...shared}
          data={secrets.map((secret) => secret.name)}
          value={text}
          onChange={(next) => onChange(next || undefined)}
        />
      );
    case 'weekdays':
      return (
        <MultiSelect
          {...shared}
          data={WEEKDAYS.map((day) => ({ value: day, label: t(`weekdays.${day}`) }))}
          placeholder={strings(value).length === 0 ? t('editor.everyDay') : ''}
          value={strings(value)}
          onChange={(next) => onChange(next.length > 0 ? next : undefined)}
        />
      );
    case 'time':
    case 'dateTime':
      return (
        <TextInput
          {...shared}
          type={setting.input === 'time' ? 'time' : 'datetime-local'}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
    case 'timeZone':
      return select(
        timeZones().map((zone) => ({ value: zone, label: zone })),
        true,
      );
    case 'dateField':
      return select(
        fields
          .filter((field) => field.type === 'date' || field.type === 'dateTime')
          .map((field) => ({ value: field.key, label: field.label })),
      );
    case 'user':
      return withProblem(
        everybody,
        select([
          ...(setting.owner === false ? [] : [{ value: 'owner', label: t('editor.owner') }]),
          ...users.map((user) => ({ value: `user:${user.login}`, label: user.name })),
        ]),
      );
    case 'users':
      return withProblem(
        everybody,
        <MultiSelect
          {...shared}
          data={users.map((user) => ({ value: user.login, label: user.name }))}
          value={strings(value)}
          onChange={onChange}
          searchable
        />,
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
          value={strings(value).length > 0 ? strings(value) : text ? [text] : []}
          onChange={(next) => onChange(next.length > 0 ? next : undefined)}
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
      const units = UNITS.filter((unit) => !setting.units || setting.units.includes(unit));
      return (
        <Group gap={6} align="end" wrap="nowrap">
          <NumberInput
            {...shared}
            flex={1}
            min={setting.units ? 1 : undefined}
            allowDecimal={false}
            value={duration.amount ?? ''}
            onChange={(next) =>
              onChange(next === '' ? undefined : { amount: Number(next), unit: duration.unit ?? 'days' })
            }
          />
          <Select
            w={110}
            aria-label={t('filter.unit')}
            data={units.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))}
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
            onChange={(next) => onChange(isEmptyCondition(next) ? undefined : next)}
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
