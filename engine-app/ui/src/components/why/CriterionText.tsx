import { useTranslation } from 'react-i18next';
import { useAllFields } from '@/api/getSchema';
import { useLists } from '@/api/getLists';
import { useTypes } from '@/api/getTypes';
import type { WhyCriterion } from '@/api/getWhy';
import { type Entity, plural } from '@/api/records';

const ENTITY: Record<string, Entity> = {
  triggeredActivity: 'activities',
  leadActivity: 'activities',
  triggeredTask: 'tasks',
  createdTask: 'tasks',
};

/** What of a criterion is told. */
type Worded = Pick<WhyCriterion, 'source' | 'field' | 'operator' | 'activityType' | 'values' | 'within'>;

/** A criterion as a sentence: whose field, the comparison, with what. */
export function CriterionText({ criterion }: { criterion: Worded }) {
  const { t } = useTranslation();
  const { source, field, operator, within } = criterion;
  const entity = ENTITY[source] ?? plural(source);
  const fields = useAllFields(entity ?? 'leads', entity !== undefined && field != null).data ?? [];
  const ofList = operator === 'inList' || operator === 'notInList';
  const lists = useLists().data ?? [];
  const types = useTypes('activity-types').data ?? [];
  const label = field && (fields.find((known) => known.key === field)?.label ?? field);
  const values = (criterion.values ?? []).map((value) =>
    ofList ? (lists.find((list) => String(list.id) === value)?.name ?? value) : value,
  );
  const type = criterion.activityType;
  const said = [
    t(`condition.sources.${source as 'lead'}`),
    label,
    t(`operators.${operator}`),
    type && (types.find((known) => known.key === type)?.label ?? type),
    values.length > 0 && `“${values.join('”, “')}”`,
    within && `${within.amount} ${t(`units.${within.unit as 'days'}`, { count: within.amount })}`,
  ];
  return <>{said.filter(Boolean).join(' ')}</>;
}
