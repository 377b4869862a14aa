import { ActionIcon, Button, Checkbox, Popover, ScrollArea, Stack, TextInput, Tooltip } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';

interface Props {
  fields: Field[];
  shown: string[];
  onChange: (columns: string[] | undefined) => void;
}

export function ColumnChooser({ fields, shown, onChange }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const matching = fields.filter((field) => field.label.toLowerCase().includes(search.toLowerCase()));
  return (
    <Popover position="bottom-end" shadow="md" transitionProps={{ duration: 80 }} trapFocus>
      <Popover.Target>
        <Tooltip label={t('list.columns')}>
          <ActionIcon size={30} variant="default" aria-label={t('list.columns')}>
            <IconColumns3 size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <Stack gap="xs" w={220}>
          <TextInput
            size="xs"
            aria-label={t('list.searchColumns')}
            placeholder={t('list.searchColumns')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <ScrollArea.Autosize mah={320}>
            <Stack gap={6} p={2}>
              {matching.map((field) => (
                <Checkbox
                  key={field.key}
                  size="xs"
                  label={field.label}
                  checked={shown.includes(field.key)}
                  disabled={shown.length === 1 && shown.includes(field.key)}
                  onChange={(event) =>
                    onChange(
                      event.currentTarget.checked
                        ? [...shown, field.key]
                        : shown.filter((key) => key !== field.key),
                    )
                  }
                />
              ))}
            </Stack>
          </ScrollArea.Autosize>
          <Button variant="subtle" onClick={() => onChange(undefined)}>
            {t('list.defaultColumns')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
