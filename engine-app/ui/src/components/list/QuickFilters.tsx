import { Button, Checkbox, Popover, ScrollArea, Stack, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import { useUsers } from '@/api/getUsers';
import { ListsProblem } from '@/components/ListsProblem';
import { literal, type Operand, type Test } from '@/lib/filter/model';
import { parseFilter } from '@/lib/filter/parse';
import { printFilter } from '@/lib/filter/print';
import { type Group, group, type Item, toFilter, toTree } from '@/lib/filter/tree';

interface Props {
  fields: Field[];
  /** The keys of the fields offered: dropdowns, users and times. */
  keys: readonly string[];
  filter: string;
  onChange: (filter: string) => void;
}

interface Choice {
  value: string;
  label: string;
}

function rootOf(filter: string): Group | undefined {
  try {
    const tree = toTree(parseFilter(filter));
    // Beside "any of these" and "none of these" a further condition needs a group around them.
    return tree.join === 'and' && !tree.not ? tree : group('and', [tree]);
  } catch {
    return undefined;
  }
}

/** The condition that a quick filter has put there: one of these values, or within a period. */
function mine(item: Item, key: string): item is Test {
  return (
    item.kind === 'test' &&
    item.field === key &&
    ['equals', 'in', 'withinLast', 'withinNext'].includes(item.operator)
  );
}

const PERIODS = [1, 7, 30, 90];

function valuesOf(test: Test | undefined): string[] {
  if (!test) return [];
  if (test.operator === 'withinLast' || test.operator === 'withinNext') {
    const period = test.operands[0];
    return period?.kind === 'relative' && period.unit === 'days' ? [String(Math.abs(period.amount))] : [];
  }
  return test.operands.map((operand) => (operand.kind === 'literal' ? operand.text : ''));
}

function QuickFilter({
  field,
  choices,
  problem,
  chosen,
  single,
  onChoose,
}: {
  field: Field;
  choices: Choice[];
  /** That the choices could not be read. */
  problem: ReactNode;
  chosen: string[];
  single: boolean;
  onChoose: (values: string[]) => void;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <Popover position="bottom-start" shadow="md" transitionProps={{ duration: 80 }} trapFocus>
      <Popover.Target>
        <Button
          variant={chosen.length > 0 ? 'light' : 'subtle'}
          color={chosen.length > 0 ? 'loom' : 'gray'}
          rightSection={<IconChevronDown size={12} />}
          aria-label={t('list.quickFilter', { field: field.label })}
        >
          {chosen.length > 0 ? `${field.label} · ${chosen.length}` : field.label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Stack gap="xs" w={200}>
          {problem}
          {choices.length > 8 && (
            <TextInput
              size="xs"
              aria-label={t('common.search')}
              placeholder={t('common.search')}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
          <ScrollArea.Autosize mah={280} type="auto">
            <Stack gap={6} p={2}>
              {shown.map((choice) => (
                <Checkbox
                  key={choice.value}
                  size="xs"
                  label={choice.label}
                  checked={chosen.includes(choice.value)}
                  onChange={(event) => {
                    const without = chosen.filter((value) => value !== choice.value);
                    if (!event.currentTarget.checked) onChoose(without);
                    else onChoose(single ? [choice.value] : [...without, choice.value]);
                  }}
                />
              ))}
            </Stack>
          </ScrollArea.Autosize>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The filters that are asked for most, each one click away; they add to the filter in force (LEAD-077). */
export function QuickFilters({ fields, keys, filter, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const nameOf = (field: Field, option: string) => {
    const state = `states.${option}`;
    const known = field.system && field.key === 'status' && i18n.exists(state);
    return known ? t(state as 'states.pending') : option;
  };
  const everybody = useUsers();
  const users = everybody.data ?? [];
  const root = rootOf(filter);
  if (!root) return null;
  return keys.map((key) => {
    const field = fields.find((entry) => entry.key === key);
    if (!field || field.criterion === false) return null;
    const time = field.type === 'date' || field.type === 'dateTime';
    const choices: Choice[] = time
      ? PERIODS.map((days) => ({ value: String(days), label: t('list.lastDays', { count: days }) }))
      : field.type === 'user'
        ? users
            .filter((user) => user.active !== false)
            .map((user) => ({ value: String(user.id), label: user.name }))
        : (field.options ?? []).map((option) => ({ value: option, label: nameOf(field, option) }));
    const people = field.type === 'user';
    if (choices.length === 0 && !(people && everybody.isError)) return null;
    const chosen = valuesOf(root.items.find((item) => mine(item, field.key)) as Test | undefined);
    return (
      <QuickFilter
        key={key}
        field={field}
        choices={choices}
        problem={people && <ListsProblem lists={[everybody]} />}
        chosen={chosen}
        single={time}
        onChoose={(values) => {
          const others = root.items.filter((item) => !mine(item, field.key));
          const operands: Operand[] = time
            ? values.map((days) => ({ kind: 'relative', anchor: 'now', amount: -Number(days), unit: 'days' }))
            : values.map(literal);
          const test: Test = {
            kind: 'test',
            field: field.key,
            operator: time ? 'withinLast' : 'in',
            operands,
          };
          onChange(printFilter(toFilter(group('and', values.length > 0 ? [...others, test] : others))));
        }}
      />
    );
  });
}
