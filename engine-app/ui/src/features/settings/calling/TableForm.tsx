import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Field, type FieldType, useAllFields } from '@/api/getSchema';
import { ListsProblem } from '@/components/ListsProblem';
import { fieldErrors, isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { type ColumnValues, type TableDefinition, useSaveTable } from '../api/calling';
import classes from './Calling.module.css';

/** What a new definition begins with: how to reach somebody, and who it is. */
const USUAL: ColumnValues[] = [
  { name: 'phone1', field: 'phone', nullable: false, unique: true, primary: true },
  { name: 'name', field: 'lastName', nullable: true, unique: false, primary: false },
  { name: 'email', field: 'email', nullable: true, unique: false, primary: false },
];

interface Row extends ColumnValues {
  /** Stays with the row while it moves. */
  key: number;
}

export function TableForm({
  table,
  onDone,
  onLoadAgain,
}: {
  table: TableDefinition | undefined;
  onDone: () => void;
  onLoadAgain: () => void;
}) {
  const { t, i18n } = useTranslation();
  const fields = useAllFields('leads');
  const save = useSaveTable(table);
  const [name, setName] = useState(table?.name ?? '');
  const [rows, setRows] = useState<Row[]>(() =>
    (table?.columns ?? USUAL).map(({ name: column, field, nullable, unique, primary }, key) => ({
      key,
      name: column,
      field,
      nullable,
      unique,
      primary,
    })),
  );
  useUnsaved({ name, rows }, save.isPending || save.isSuccess);
  /** The keys of the rows as they were sent: what is said about a row goes with it when it moves. */
  const [sent, setSent] = useState<number[]>([]);
  const { errorOf, elsewhere } = fieldErrors(save.error, [
    'name',
    ...sent.flatMap((_, index) =>
      ['name', 'field', 'unique', 'primary'].map((part) => `columns[${index}].${part}`),
    ),
  ]);
  const errorAt = (key: number, part: string) => errorOf(`columns[${sent.indexOf(key)}].${part}`);
  const offered = (fields.data ?? []).filter(
    (field) => !field.readOnly && field.type !== 'recordLink' && field.type !== 'user',
  );
  const typeOf = (field: Field | undefined) =>
    field && i18n.exists(`fieldTypes.${field.type}`) ? t(`fieldTypes.${field.type as FieldType}`) : undefined;
  const change = (key: number, values: Partial<ColumnValues>) =>
    setRows((before) =>
      before.map((row) => {
        if (row.key === key) return { ...row, ...values };
        // There is one primary key.
        return values.primary ? { ...row, primary: false } : row;
      }),
    );
  const move = (index: number, by: number) =>
    setRows((before) => {
      const next = [...before];
      next.splice(index + by, 0, ...next.splice(index, 1));
      return next;
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setSent(rows.map((row) => row.key));
        save.mutate(
          { name, columns: rows.map(({ key: _, ...column }) => column) },
          {
            onSuccess: () => {
              toast(t('common.saved'));
              onDone();
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        {elsewhere && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? onLoadAgain : undefined}
          />
        )}
        <ListsProblem lists={[fields]} />
        <TextInput
          label={t('common.name')}
          value={name}
          maxLength={200}
          error={errorOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          data-autofocus
        />
        <div>
          <Text size="sm" fw={500}>
            {t('calling.tables.columns')}
          </Text>
          <Text size="xs" c="dimmed">
            {t('calling.tables.columnsText')}
          </Text>
        </div>
        <ol className={classes.columns}>
          {rows.map((row, index) => {
            const field = (fields.data ?? []).find((each) => each.key === row.field);
            const called = row.name || String(index + 1);
            return (
              <li key={row.key} className={classes.column}>
                <TextInput
                  label={t('calling.tables.column')}
                  value={row.name}
                  maxLength={100}
                  error={errorAt(row.key, 'name')}
                  onChange={(event) => change(row.key, { name: event.currentTarget.value })}
                  required
                />
                <Select
                  label={t('calling.tables.field')}
                  data={offered
                    .filter((each) => each.key === row.field || rows.every((one) => one.field !== each.key))
                    .map((each) => ({ value: each.key, label: each.label }))}
                  value={row.field || null}
                  description={typeOf(field)}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  error={errorAt(row.key, 'field')}
                  onChange={(next) => change(row.key, { field: next ?? '' })}
                  searchable
                  allowDeselect={false}
                  nothingFoundMessage={t('list.nothingFound')}
                  required
                />
                <div className={classes.marks}>
                  <Checkbox
                    size="xs"
                    label={t('calling.tables.nullable')}
                    checked={row.nullable && !row.primary}
                    disabled={row.primary}
                    onChange={(event) => change(row.key, { nullable: event.currentTarget.checked })}
                  />
                  <Checkbox
                    size="xs"
                    label={t('calling.tables.unique')}
                    checked={row.unique || row.primary}
                    disabled={row.primary}
                    error={errorAt(row.key, 'unique')}
                    onChange={(event) => change(row.key, { unique: event.currentTarget.checked })}
                  />
                  <Checkbox
                    size="xs"
                    label={t('calling.tables.primary')}
                    checked={row.primary}
                    error={errorAt(row.key, 'primary')}
                    onChange={(event) => change(row.key, { primary: event.currentTarget.checked })}
                  />
                </div>
                <Group gap={2} wrap="nowrap" className={classes.moves}>
                  <ActionIcon
                    aria-label={t('calling.tables.up', { name: called })}
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  >
                    <IconArrowUp size={16} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={t('calling.tables.down', { name: called })}
                    disabled={index === rows.length - 1}
                    onClick={() => move(index, 1)}
                  >
                    <IconArrowDown size={16} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={t('calling.tables.remove', { name: called })}
                    disabled={rows.length === 1}
                    onClick={() => setRows((before) => before.filter((one) => one.key !== row.key))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              </li>
            );
          })}
        </ol>
        <Group justify="space-between" gap="xs">
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              setRows((before) => [
                ...before,
                {
                  key: Math.max(0, ...before.map((row) => row.key)) + 1,
                  name: '',
                  field: '',
                  nullable: true,
                  unique: false,
                  primary: false,
                },
              ])
            }
          >
            {t('calling.tables.addColumn')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onDone}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t(table ? 'common.save' : 'common.create')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
