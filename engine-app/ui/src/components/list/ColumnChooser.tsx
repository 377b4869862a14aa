import {
  ActionIcon,
  Button,
  Checkbox,
  Popover,
  ScrollArea,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconColumns3, IconGripVertical } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import classes from './ColumnChooser.module.css';
import { useReorder } from './useReorder';

interface Props {
  fields: Field[];
  shown: string[];
  onChange: (columns: string[] | undefined) => void;
}

/** Which columns a list shows and in which order (ENG-079). */
export function ColumnChooser({ fields, shown, onChange }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const rows = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const known = shown.filter((key) => fields.some((field) => field.key === key));
  const order = useReorder(known, onChange);
  const wanted = search.trim().toLowerCase();
  const labelOf = (key: string) => fields.find((field) => field.key === key)?.label ?? key;
  const matches = (key: string) => labelOf(key).toLowerCase().includes(wanted);
  const others = fields.filter((field) => !known.includes(field.key) && matches(field.key));

  // The grip that is moved with the keys keeps the focus.
  useEffect(() => {
    if (focused) rows.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }, [focused, shown]);

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
        <Stack gap="xs" w={260}>
          <TextInput
            size="xs"
            aria-label={t('list.searchColumns')}
            placeholder={t('list.searchColumns')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <ScrollArea.Autosize mah={360} type="auto">
            <div ref={rows}>
              {known.map((key, index) =>
                matches(key) ? (
                  <div key={key} className={classes.row} {...order.place(index)}>
                    <button
                      type="button"
                      className={classes.grip}
                      data-key={key}
                      aria-label={t('list.moveColumn', { name: labelOf(key), place: index + 1 })}
                      onFocus={() => setFocused(key)}
                      onBlur={() => setFocused(null)}
                      {...order.grip(index)}
                    >
                      <IconGripVertical size={14} aria-hidden />
                    </button>
                    <Checkbox
                      size="xs"
                      className={classes.label}
                      label={labelOf(key)}
                      checked
                      disabled={known.length === 1}
                      onChange={() => onChange(known.filter((other) => other !== key))}
                    />
                  </div>
                ) : null,
              )}
              {others.length > 0 && (
                <Text size="xs" c="dimmed" px={4} pt={8} pb={2}>
                  {t('list.otherColumns')}
                </Text>
              )}
              {others.map((field) => (
                <div key={field.key} className={classes.row}>
                  <Checkbox
                    size="xs"
                    className={classes.label}
                    label={field.label}
                    checked={false}
                    onChange={() => onChange([...known, field.key])}
                  />
                </div>
              ))}
            </div>
          </ScrollArea.Autosize>
          <Button variant="subtle" onClick={() => onChange(undefined)}>
            {t('list.defaultColumns')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
