import {
  ActionIcon,
  Alert,
  Box,
  Button,
  Group,
  SegmentedControl,
  Select,
  Stack,
  TagsInput,
  Text,
  Textarea,
} from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLists } from '@/api/getLists';
import type { Field } from '@/api/getSchema';
import { useTags } from '@/api/getTags';
import { useTypes } from '@/api/getTypes';
import { OperandInput, startingOperands } from '@/components/fields/OperandInput';
import { operatorsOf, shapeOf } from '@/components/fields/operators';
import { FIELDLESS, literal, type Operator, type Test } from '@/lib/filter/model';
import { FilterError, parseFilter } from '@/lib/filter/parse';
import { type FlatFilter, flatten, printFlat } from '@/lib/filter/print';
import classes from './FilterBuilder.module.css';

interface Props {
  fields: Field[];
  /** Whether records of this kind have tags, lists and activities. */
  memberships: boolean;
  filter: string;
  onApply: (filter: string) => void;
}

const EMPTY: FlatFilter = { join: 'and', tests: [] };

function read(filter: string): FlatFilter | undefined {
  try {
    return filter.trim() === '' ? EMPTY : flatten(parseFilter(filter));
  } catch {
    return undefined;
  }
}

function complete(test: Test): boolean {
  if (FIELDLESS.includes(test.operator))
    return test.operands[0]?.kind === 'literal' && test.operands[0].text !== '';
  const shape = shapeOf(test.operator);
  if (shape === 'none') return true;
  const needed = shape === 'two' ? 2 : 1;
  const given = test.operands.filter((operand) => operand.kind === 'relative' || operand.text !== '');
  return given.length >= needed;
}

function FieldlessValue({ test, onChange }: { test: Test; onChange: (test: Test) => void }) {
  const { t } = useTranslation();
  const tags = useTags().data ?? [];
  const lists = useLists().data ?? [];
  const types = useTypes('activity-types').data ?? [];
  const value = test.operands[0]?.kind === 'literal' ? test.operands[0].text : '';
  const set = (text: string) => onChange({ ...test, operands: [literal(text), ...test.operands.slice(1)] });
  if (test.operator === 'hasTag' || test.operator === 'hasNoTag') {
    return (
      <TagsInput
        aria-label={t('filter.tagged')}
        data={tags}
        value={value ? [value] : []}
        maxTags={1}
        onChange={(next) => set(next[0] ?? '')}
      />
    );
  }
  const isList = test.operator === 'inList' || test.operator === 'notInList';
  return (
    <Select
      aria-label={isList ? t('filter.list') : t('filter.activity')}
      data={
        isList
          ? lists.map((list) => ({ value: String(list.id), label: list.name }))
          : types.map((type) => ({ value: type.key, label: type.label }))
      }
      value={value || null}
      onChange={(next) => set(next ?? '')}
      searchable
    />
  );
}

/** Builds a filter row by row, or as text in the grammar. */
export function FilterBuilder({ fields, memberships, filter, onApply }: Props) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<'rows' | 'text'>(read(filter) ? 'rows' : 'text');
  const [text, setText] = useState(filter);
  const [flat, setFlat] = useState<FlatFilter>(() => {
    const start = read(filter) ?? EMPTY;
    return start.tests.length > 0 ? start : { ...start, tests: [fresh()] };
  });

  function fresh(): Test {
    const field = fields.find((entry) => entry.key === 'city') ?? fields[0];
    const operator = field ? (operatorsOf(field, false)[0] ?? 'equals') : 'equals';
    return { kind: 'test', field: field?.key ?? 'id', operator, operands: startingOperands(operator, []) };
  }

  const set = (index: number, test: Test) =>
    setFlat((before) => ({
      ...before,
      tests: before.tests.map((entry, at) => (at === index ? test : entry)),
    }));

  let broken: string | undefined;
  if (mode === 'text' && text.trim() !== '') {
    try {
      parseFilter(text);
    } catch (error) {
      broken = error instanceof FilterError ? error.message : String(error);
    }
  }

  const changeMode = (next: string) => {
    if (next === 'text') {
      setText(printFlat({ ...flat, tests: flat.tests.filter(complete) }));
      setMode('text');
      return;
    }
    const rows = read(text);
    if (rows) {
      setFlat(rows);
      setMode('rows');
    }
  };

  const nested = mode === 'text' && broken === undefined && read(text) === undefined;
  const groups = [
    {
      group: t('filter.fields'),
      items: fields
        .filter((field) => field.filterable !== false)
        .map((field) => ({ value: field.key, label: field.label })),
    },
    ...(memberships
      ? [
          {
            group: t('filter.special'),
            items: [
              { value: ':hasTag', label: t('filter.tagged') },
              { value: ':inList', label: t('filter.list') },
              { value: ':hasActivity', label: t('filter.activity') },
            ],
          },
        ]
      : []),
  ];

  return (
    <Stack gap="sm" className={classes.builder}>
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          value={mode}
          onChange={changeMode}
          data={[
            { value: 'rows', label: t('filter.rows'), disabled: nested || broken !== undefined },
            { value: 'text', label: t('filter.text') },
          ]}
        />
        {mode === 'rows' && flat.tests.length > 1 && (
          <Select
            size="xs"
            aria-label={t('filter.match')}
            data={[
              { value: 'and', label: t('filter.all') },
              { value: 'or', label: t('filter.any') },
            ]}
            value={flat.join}
            allowDeselect={false}
            onChange={(next) => setFlat((before) => ({ ...before, join: next === 'or' ? 'or' : 'and' }))}
          />
        )}
      </Group>
      {mode === 'rows' ? (
        <Stack gap="xs">
          {flat.tests.map((test, index) => {
            const fieldless = FIELDLESS.includes(test.operator);
            const field = fields.find((entry) => entry.key === test.field);
            const subject = fieldless
              ? `:${test.operator.replace(/No/, '').replace('notIn', 'in')}`
              : test.field;
            const operators = fieldless
              ? FIELDLESS.filter(
                  (operator) => operator.replace(/No/, '').replace('notIn', 'in') === subject.slice(1),
                )
              : field
                ? operatorsOf(field, false)
                : [test.operator];
            return (
              <div key={index} className={classes.row}>
                <Select
                  aria-label={t('filter.field')}
                  data={groups}
                  value={subject}
                  searchable
                  allowDeselect={false}
                  onChange={(next) => {
                    if (!next) return;
                    if (next.startsWith(':')) {
                      set(index, {
                        kind: 'test',
                        field: '',
                        operator: next.slice(1) as Operator,
                        operands: [literal('')],
                      });
                      return;
                    }
                    const chosen = fields.find((entry) => entry.key === next);
                    const operator = chosen ? (operatorsOf(chosen, false)[0] ?? 'equals') : 'equals';
                    set(index, {
                      kind: 'test',
                      field: next,
                      operator,
                      operands: startingOperands(operator, []),
                    });
                  }}
                />
                <Select
                  aria-label={t('filter.operator')}
                  data={operators.map((operator) => ({ value: operator, label: t(`operators.${operator}`) }))}
                  value={test.operator}
                  allowDeselect={false}
                  onChange={(next) => {
                    if (!next) return;
                    const operator = next as Operator;
                    set(index, {
                      ...test,
                      operator,
                      operands: fieldless ? test.operands : startingOperands(operator, test.operands),
                    });
                  }}
                />
                <Box miw={0}>
                  {fieldless ? (
                    <FieldlessValue test={test} onChange={(next) => set(index, next)} />
                  ) : (
                    field && (
                      <OperandInput
                        field={field}
                        operator={test.operator}
                        operands={test.operands}
                        onChange={(operands) => set(index, { ...test, operands })}
                      />
                    )
                  )}
                </Box>
                <ActionIcon
                  aria-label={t('common.remove')}
                  onClick={() =>
                    setFlat((before) => ({ ...before, tests: before.tests.filter((_, at) => at !== index) }))
                  }
                >
                  <IconX size={16} />
                </ActionIcon>
              </div>
            );
          })}
          <Group>
            <Button
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              onClick={() => setFlat((before) => ({ ...before, tests: [...before.tests, fresh()] }))}
            >
              {t('filter.add')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="xs">
          <Textarea
            aria-label={t('filter.text')}
            autosize
            minRows={3}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          {broken ? (
            <Alert color="red" p="xs" role="alert">
              {t('filter.broken', { why: broken })}
            </Alert>
          ) : (
            <Text size="xs" c="dimmed">
              {nested ? t('filter.nested') : t('filter.textHint')}
            </Text>
          )}
        </Stack>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => onApply('')}>
          {t('filter.clear')}
        </Button>
        <Button
          disabled={broken !== undefined}
          onClick={() =>
            onApply(
              mode === 'text' ? text.trim() : printFlat({ ...flat, tests: flat.tests.filter(complete) }),
            )
          }
        >
          {t('filter.apply')}
        </Button>
      </Group>
    </Stack>
  );
}
