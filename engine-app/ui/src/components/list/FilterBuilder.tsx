import { Alert, Button, Group as Line, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import type { Filter } from '@/lib/filter/model';
import { FilterError, parseFilter } from '@/lib/filter/parse';
import { printFilter } from '@/lib/filter/print';
import { type Group, group, toFilter, toTree } from '@/lib/filter/tree';
import classes from './FilterBuilder.module.css';
import { FilterGroup } from './FilterGroup';
import { complete, freshTest } from './FilterRow';

interface Props {
  fields: Field[];
  /** Whether records of this kind have tags and lists. */
  memberships: boolean;
  /** Whether records of this kind have activities. */
  activities: boolean;
  filter: string;
  onApply: (filter: string) => void;
}

/** The first field of a filter that records of this kind do not have. */
function unknownField(filter: Filter, fields: Field[]): string | undefined {
  switch (filter.kind) {
    case 'test': {
      const key = filter.field.toLowerCase();
      const known = key === '' || key === 'id' || fields.some((field) => field.key.toLowerCase() === key);
      return known ? undefined : filter.field;
    }
    case 'not':
      return unknownField(filter.part, fields);
    default:
      return filter.parts.map((part) => unknownField(part, fields)).find((key) => key !== undefined);
  }
}

interface Broken {
  message: string;
  /** Where in the text, from 1. */
  at: number;
}

const AROUND = 24;

/** The piece of the text around a place, with a mark under it. */
function Place({ text, at }: { text: string; at: number }) {
  const from = Math.max(0, at - 1 - AROUND);
  const piece = text.slice(from, at - 1 + AROUND).replaceAll(/\s/g, ' ');
  return (
    <pre className={classes.place} aria-hidden>
      {`${from > 0 ? '…' : ''}${piece}\n${' '.repeat(at - 1 - from + (from > 0 ? 1 : 0))}^`}
    </pre>
  );
}

/** Builds a filter row by row and group by group, or as text in the grammar. */
export function FilterBuilder({ fields, memberships, activities, filter, onApply }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(filter);
  const [mode, setMode] = useState<'rows' | 'text'>(() => ('tree' in read(filter) ? 'rows' : 'text'));
  const [tree, setTree] = useState<Group>(() => {
    const start = read(filter);
    return 'tree' in start && start.tree.items.length > 0 ? start.tree : group('and', [freshTest(fields)]);
  });

  function read(written: string): { tree: Group } | { broken: Broken } {
    try {
      const parsed = parseFilter(written);
      const unknown = unknownField(parsed, fields);
      if (unknown === undefined) return { tree: toTree(parsed) };
      const at = written.indexOf(unknown) + 1;
      return { broken: { at, message: t('filter.unknown', { field: unknown }) } };
    } catch (error) {
      return error instanceof FilterError
        ? { broken: { at: error.at, message: error.message } }
        : { broken: { at: 1, message: String(error) } };
    }
  }

  const state = mode === 'text' ? read(text) : { tree };
  const broken = 'broken' in state ? state.broken : undefined;
  const built = () => printFilter(toFilter(tree, complete));

  const changeMode = (next: string) => {
    if (next === 'text') {
      setText(built());
      setMode('text');
    } else if ('tree' in state) {
      setTree(state.tree.items.length > 0 ? state.tree : group('and', [freshTest(fields)]));
      setMode('rows');
    }
  };

  const related = [
    ...(memberships
      ? [
          { value: ':hasTag', label: t('filter.tagged') },
          { value: ':inList', label: t('filter.list') },
        ]
      : []),
    ...(activities ? [{ value: ':hasActivity', label: t('filter.activity') }] : []),
  ];

  return (
    <Stack gap="sm" className={classes.builder}>
      <SegmentedControl
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        value={mode}
        onChange={changeMode}
        data={[
          { value: 'rows', label: t('filter.rows'), disabled: broken !== undefined },
          { value: 'text', label: t('filter.text') },
        ]}
      />
      {mode === 'rows' ? (
        <div className={classes.scroll}>
          <FilterGroup fields={fields} related={related} value={tree} depth={0} onChange={setTree} />
        </div>
      ) : (
        <Stack gap="xs">
          <Textarea
            aria-label={t('filter.text')}
            autosize
            minRows={3}
            maxRows={12}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          {broken && text.trim() !== '' ? (
            <Alert color="red" p="xs" role="alert">
              {t('filter.broken', { why: broken.message })}
              <Place text={text} at={broken.at} />
            </Alert>
          ) : (
            <Text size="xs" c="dimmed">
              {t('filter.textHint')}
            </Text>
          )}
        </Stack>
      )}
      <Line justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => onApply('')}>
          {t('filter.clear')}
        </Button>
        <Button
          disabled={broken !== undefined}
          onClick={() => onApply(mode === 'text' ? text.trim() : built())}
        >
          {t('filter.apply')}
        </Button>
      </Line>
    </Stack>
  );
}
