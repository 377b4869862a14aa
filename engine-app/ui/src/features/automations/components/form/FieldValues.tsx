import { ActionIcon, Box, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAllFields } from '@/api/getSchema';
import type { InputProps } from './inputs';

/** Values for several fields: a row for each, with merge fields allowed. */
export function FieldValues({ setting, value, onChange, entity }: InputProps) {
  const { t } = useTranslation();
  const fields = useAllFields(entity).data ?? [];
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
              const free = fields.find((field) => (!field.readOnly || field.kept) && !(field.key in values));
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
