import { Switch, Text, TextInput } from '@mantine/core';
import { IconLock, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Field, type FieldType, useFields } from '@/api/getSchema';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useChangeField } from '../api/fields';
import { Section } from '../components/Section';

function Criterion({ field }: { field: Field }) {
  const { t } = useTranslation();
  const change = useChangeField('leads');
  const problemText = useProblemText();
  const on = change.isPending ? change.variables.change.criterion === true : field.criterion !== false;
  return (
    <Switch
      aria-label={t('criteria.offer', { name: field.label })}
      checked={on}
      disabled={change.isPending}
      onChange={(event) =>
        change.mutate(
          { field, change: { criterion: event.currentTarget.checked } },
          { onError: (error) => toast(problemText(error), { kind: 'bad' }) },
        )
      }
    />
  );
}

/** By which fields the list of leads can be filtered (LEAD-077). */
export function CriteriaPage() {
  const { t, i18n } = useTranslation();
  const fields = useFields('leads');
  const mayEdit = useMay('schema', 'edit');
  const [search, setSearch] = useState('');
  if (!mayEdit) return <EmptyState icon={IconLock} title={t('leadViews.adminsOnly')} />;
  const wanted = search.trim().toLowerCase();
  const all = (fields.data ?? []).filter((field) => field.filterable !== false);
  const shown = all.filter((field) => field.label.toLowerCase().includes(wanted));
  const typeName = (type: string) =>
    i18n.exists(`fieldTypes.${type}`) ? t(`fieldTypes.${type as FieldType}`) : type;
  return (
    <Section title={t('settings.pages.criteria')} text={t('criteria.what')}>
      {fields.error ? (
        <ProblemAlert error={fields.error} onRetry={() => void fields.refetch()} />
      ) : fields.isPending ? (
        <PageSkeleton />
      ) : (
        <>
          <TextInput
            size="xs"
            maw={260}
            mb="sm"
            aria-label={t('common.search')}
            placeholder={t('common.search')}
            leftSection={<IconSearch size={14} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {shown.length === 0 ? (
            <EmptyState icon={IconSearch} title={t('list.nothingFound')} />
          ) : (
            <DataTable
              label={t('settings.pages.criteria')}
              items={shown}
              rowKey={(field) => field.key}
              columns={[
                { key: 'label', label: t('settings.fields.label'), cell: (field) => field.label },
                {
                  key: 'type',
                  label: t('settings.fields.type'),
                  width: 220,
                  cell: (field) => (
                    <Text span size="sm" c="dimmed">
                      {typeName(field.type)}
                    </Text>
                  ),
                },
                {
                  key: 'on',
                  label: t('criteria.offered'),
                  width: 140,
                  cell: (field) => <Criterion field={field} />,
                },
              ]}
            />
          )}
        </>
      )}
    </Section>
  );
}
