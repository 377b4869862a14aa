import { ActionIcon, Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowRight, IconPlus, IconSparkles, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllFields } from '@/api/getSchema';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { type Integration, type Mapped, useSaveIntegration, useSuggestions, wantedOf } from './api';
import classes from './LeadSources.module.css';

interface Row extends Mapped {
  id: number;
}

let last = 0;
const rowOf = ({ outside, field }: Mapped): Row => ({ id: ++last, outside, field });

/** Which name of a delivery goes to which field of leads. */
export function MappingEditor({ one }: { one: Integration }) {
  const { t, i18n } = useTranslation();
  const suggestions = useSuggestions(one.kind, one.id);
  const labels = new Map((useAllFields('leads').data ?? []).map(({ key, label }) => [key, label]));
  const save = useSaveIntegration(one);
  const [rows, setRows] = useState<Row[]>(() => one.mapping.map(rowOf));
  const mapping = rows.map(({ outside, field }) => ({ outside: outside.trim(), field }));
  const changed = JSON.stringify(mapping) !== JSON.stringify(one.mapping);
  useUnsaved(mapping, !changed || save.isPending);
  if (suggestions.error && !suggestions.data) {
    return <ProblemAlert error={suggestions.error} onRetry={() => void suggestions.refetch()} />;
  }
  if (!suggestions.data) return <PageSkeleton rows={4} />;
  const { items, fields } = suggestions.data;
  const typeOf = (key: string) => {
    const type = fields.find((field) => field.key === key)?.type;
    if (type === undefined) return undefined;
    return i18n.exists(`fieldTypes.${type}`) ? t(`fieldTypes.${type}` as 'fieldTypes.text') : type;
  };
  const fresh = items.filter(({ outside }) => !rows.some((row) => row.outside.trim() === outside));
  const suggested = fresh.flatMap(({ outside, field }) =>
    field && !rows.some((row) => row.field === field) ? [{ outside, field }] : [],
  );
  const violations = violationsOf(save.error);
  const errorOf = (index: number, part: string) =>
    violations.find(({ field }) => field === `mapping[${index}].${part}`)?.expectation;
  const atRow = violations.some(({ field }) => field.startsWith('mapping['));
  const set = (id: number, part: Partial<Mapped>) =>
    setRows((all) => all.map((row) => (row.id === id ? { ...row, ...part } : row)));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...wantedOf(one), mapping }, { onSuccess: () => toast(t('common.saved')) });
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('leadSources.mappingText')}
        </Text>
        {save.error && !atRow && <ProblemAlert error={save.error} />}
        {rows.length === 0 && (
          <Alert color="yellow" variant="light">
            {t('leadSources.noMapping')}
          </Alert>
        )}
        {rows.map((row, index) => {
          const sample = items.find(({ outside }) => outside === row.outside.trim())?.sample;
          return (
            <div key={row.id} className={classes.mapped}>
              <TextInput
                aria-label={t('leadSources.outsideOf', { number: index + 1 })}
                placeholder={t('leadSources.outside')}
                value={row.outside}
                maxLength={200}
                error={errorOf(index, 'outside')}
                onChange={(event) => set(row.id, { outside: event.currentTarget.value })}
              />
              <IconArrowRight size={16} aria-hidden className={classes.arrow} />
              <Select
                aria-label={t('leadSources.fieldOf', { name: row.outside || String(index + 1) })}
                placeholder={t('leadSources.field')}
                value={row.field || null}
                data={fields.map(({ key, label }) => ({ value: key, label: labels.get(key) ?? label }))}
                searchable
                allowDeselect={false}
                error={errorOf(index, 'field')}
                onChange={(next) => set(row.id, { field: next ?? '' })}
              />
              <Text size="xs" c="dimmed" className={classes.type}>
                {[typeOf(row.field), sample ? t('leadSources.sample', { sample }) : undefined]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
              <ActionIcon
                className={classes.remove}
                size={30}
                variant="subtle"
                color="gray"
                aria-label={t('leadSources.removeRow', { name: row.outside || String(index + 1) })}
                onClick={() => setRows((all) => all.filter(({ id }) => id !== row.id))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </div>
          );
        })}
        <Group justify="space-between">
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => setRows((all) => [...all, rowOf({ outside: '', field: '' })])}
            >
              {t('leadSources.addRow')}
            </Button>
            {suggested.length > 0 && (
              <Button
                variant="default"
                leftSection={<IconSparkles size={14} />}
                onClick={() => setRows((all) => [...all, ...suggested.map(rowOf)])}
              >
                {t('leadSources.suggest', { count: suggested.length })}
              </Button>
            )}
          </Group>
          <Button type="submit" disabled={!changed} loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Group>
        {fresh.length > 0 && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('leadSources.unmapped', { names: fresh.map(({ outside }) => outside).join(', ') })}
          </Text>
        )}
      </Stack>
    </form>
  );
}
