import { Group, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLists } from '@/api/getLists';
import { type Field, useAllFields } from '@/api/getSchema';
import { useTags } from '@/api/getTags';
import { OperandInput, startingOperands } from '@/components/fields/OperandInput';
import { operatorsOf } from '@/components/fields/operators';
import { FIELDLESS, literal, type Operator } from '@/lib/filter/model';
import { type Criterion, ENTITY_OF, operandsOf, withOperands } from './condition';

interface Props {
  criterion: Criterion;
  onChange: (criterion: Criterion) => void;
  /** The trigger of the automation: after an update, conditions can ask what changed. */
  trigger: string | undefined;
}

/** "has no tag" and "has tag" are one subject with two operators. */
function subjectOf(operator: Operator): string {
  return `:${operator.replace('No', '').replace('notIn', 'in')}`;
}

function Membership({ criterion, onChange }: Omit<Props, 'trigger'>) {
  const { t } = useTranslation();
  const tags = useTags().data ?? [];
  const lists = useLists().data ?? [];
  const value = criterion.values?.[0] ?? '';
  if (criterion.operator === 'hasTag' || criterion.operator === 'hasNoTag') {
    return (
      <TagsInput
        size="xs"
        aria-label={t('filter.tagged')}
        data={tags}
        maxTags={1}
        value={value ? [value] : []}
        onChange={(next) => onChange({ ...criterion, values: [next[0] ?? ''] })}
      />
    );
  }
  return (
    <Select
      size="xs"
      aria-label={t('filter.list')}
      data={lists.map((list) => ({ value: String(list.id), label: list.name }))}
      value={value || null}
      onChange={(next) => onChange({ ...criterion, values: [next ?? ''] })}
    />
  );
}

/** Field, operator and value of a criterion. */
export function Comparison({ criterion, onChange, trigger }: Props) {
  const { t } = useTranslation();
  const { source, operator } = criterion;
  const entity = ENTITY_OF[source];
  const all = useAllFields(entity ?? 'leads', entity !== undefined).data ?? [];
  const fields = all.filter(
    (entry) =>
      !entry.activityType || !criterion.activityType || entry.activityType === criterion.activityType,
  );
  const field = fields.find((entry) => entry.key === criterion.field);
  const fieldless = FIELDLESS.includes(operator);
  const withChanges = source === trigger?.split('.')[0] && /updated$/.test(trigger ?? '');
  const subject = fieldless ? subjectOf(operator) : (criterion.field ?? '');
  const operators = fieldless
    ? FIELDLESS.filter((other) => subjectOf(other) === subject)
    : operatorsOf(field ?? ({ type: 'text' } as Field), withChanges);

  const setSubject = (next: string) => {
    if (next.startsWith(':')) {
      const { field: _field, within: _within, ...rest } = criterion;
      onChange({ ...rest, operator: next.slice(1) as Operator, values: [''] });
      return;
    }
    const chosen = fields.find((entry) => entry.key === next);
    const first = chosen ? (operatorsOf(chosen, withChanges)[0] ?? 'equals') : 'equals';
    onChange(withOperands({ ...criterion, field: next, operator: first }, startingOperands(first, [])));
  };
  const memberships = {
    group: t('filter.special'),
    items: [
      { value: ':hasTag', label: t('filter.tagged') },
      { value: ':inList', label: t('filter.list') },
    ],
  };

  return (
    <>
      <Group gap={6} wrap="nowrap">
        {entity ? (
          <Select
            size="xs"
            flex={1}
            aria-label={t('filter.field')}
            placeholder={t('filter.field')}
            data={[
              {
                group: t('filter.fields'),
                items: fields.map((entry) => ({ value: entry.key, label: entry.label })),
              },
              ...(source === 'lead' || source === 'contact' ? [memberships] : []),
            ]}
            value={subject || null}
            searchable
            allowDeselect={false}
            onChange={(next) => next && setSubject(next)}
          />
        ) : (
          <TextInput
            size="xs"
            flex={1}
            aria-label={t('filter.field')}
            placeholder={t('filter.field')}
            value={criterion.field ?? ''}
            onChange={(event) => onChange({ ...criterion, field: event.currentTarget.value })}
          />
        )}
        <Select
          size="xs"
          flex={1}
          aria-label={t('filter.operator')}
          data={operators.map((entry) => ({ value: entry, label: t(`operators.${entry}`) }))}
          value={operator}
          allowDeselect={false}
          onChange={(next) => {
            const changed = { ...criterion, operator: (next ?? 'equals') as Operator };
            onChange(
              fieldless
                ? changed
                : withOperands(changed, startingOperands(changed.operator, operandsOf(criterion))),
            );
          }}
        />
      </Group>
      {fieldless ? (
        <Membership criterion={criterion} onChange={onChange} />
      ) : (
        <OperandInput
          field={field ?? { key: criterion.field ?? '', type: 'text' }}
          operator={operator}
          operands={operandsOf(criterion)}
          onChange={(operands) =>
            onChange(withOperands(criterion, operands.length > 0 ? operands : [literal('')]))
          }
        />
      )}
    </>
  );
}
