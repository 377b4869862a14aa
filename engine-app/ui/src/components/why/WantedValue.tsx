import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLists } from '@/api/getLists';
import { useAllFields } from '@/api/getSchema';
import { useTypes } from '@/api/getTypes';
import type { Why } from '@/api/getWhy';
import type { Entity } from '@/api/records';

const SETTINGS = ['activityType', 'taskType', 'list', 'tag', 'fields', 'from', 'to'] as const;

/** What a trigger wants, beside what there was. */
export function WantedValue({ entity, setting }: { entity: Entity; setting: Why['settings'][number] }) {
  const { t } = useTranslation();
  const key = SETTINGS.find((known) => known === setting.key) ?? 'fields';
  const types = useTypes(key === 'taskType' ? 'task-types' : 'activity-types').data ?? [];
  const lists = useLists().data ?? [];
  const fields = useAllFields(entity).data ?? [];
  const say = (value: string) => {
    if (key === 'fields') {
      const label = (one: string) => fields.find((field) => field.key === one)?.label ?? one;
      return value.split(', ').map(label).join(', ');
    }
    if (key === 'list') return lists.find((list) => String(list.id) === value)?.name ?? value;
    return types.find((type) => type.key === value)?.label ?? value;
  };
  return (
    <Text size="sm">
      {t(`whyNot.settings.${key}`)}{' '}
      {t('whyNot.wanted', {
        wanted: say(setting.wanted),
        found: setting.found ? say(setting.found) : t('record.emptyValue'),
      })}
    </Text>
  );
}
