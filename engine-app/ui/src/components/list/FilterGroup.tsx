import { ActionIcon, Button, Group as Line, Select, Switch } from '@mantine/core';
import { IconBracketsContain, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import { type Group, group, type Item } from '@/lib/filter/tree';
import classes from './FilterBuilder.module.css';
import { FilterRow, freshTest } from './FilterRow';

/** As deep as anybody can still read; the grammar goes deeper. */
const DEEPEST = 4;

interface Props {
  fields: Field[];
  related: { value: string; label: string }[];
  value: Group;
  depth: number;
  onChange: (value: Group) => void;
  /** Undefined for the outermost. */
  onRemove?: (() => void) | undefined;
}

/** Comparisons and inner groups that are joined by one word, or none of which may be so. */
export function FilterGroup({ fields, related, value, depth, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const set = (index: number, next: Item) =>
    onChange({ ...value, items: value.items.map((item, at) => (at === index ? next : item)) });
  const remove = (index: number) =>
    onChange({ ...value, items: value.items.filter((_, at) => at !== index) });
  const add = (next: Item) => onChange({ ...value, items: [...value.items, next] });
  const several = value.items.length > 1;
  return (
    <div
      className={depth > 0 ? `${classes.group} ${classes.inner}` : classes.group}
      role="group"
      aria-label={t(depth > 0 ? 'filter.group' : 'filter.match')}
    >
      {(depth > 0 || several || value.not) && (
        <div className={classes.head}>
          <Select
            size="xs"
            aria-label={t('filter.match')}
            data={[
              { value: 'and', label: t('filter.all') },
              { value: 'or', label: t('filter.any') },
            ]}
            value={value.join}
            allowDeselect={false}
            onChange={(next) => onChange({ ...value, join: next === 'or' ? 'or' : 'and' })}
          />
          <Switch
            size="xs"
            label={t('filter.not')}
            checked={value.not}
            onChange={(event) => onChange({ ...value, not: event.currentTarget.checked })}
          />
          {onRemove && (
            <ActionIcon ml="auto" aria-label={t('filter.removeGroup')} onClick={onRemove}>
              <IconX size={16} />
            </ActionIcon>
          )}
        </div>
      )}
      {value.items.map((item, index) =>
        item.kind === 'group' ? (
          <FilterGroup
            key={index}
            fields={fields}
            related={related}
            value={item}
            depth={depth + 1}
            onChange={(next) => set(index, next)}
            onRemove={() => remove(index)}
          />
        ) : (
          <FilterRow
            key={index}
            fields={fields}
            related={related}
            test={item}
            onChange={(next) => set(index, next)}
            onRemove={() => remove(index)}
          />
        ),
      )}
      <Line gap="xs">
        <Button variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => add(freshTest(fields))}>
          {t('filter.add')}
        </Button>
        {depth < DEEPEST && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconBracketsContain size={14} />}
            onClick={() => add(group(value.join === 'and' ? 'or' : 'and', [freshTest(fields)]))}
          >
            {t('filter.addGroup')}
          </Button>
        )}
      </Line>
    </div>
  );
}
