import { useTranslation } from 'react-i18next';
import { FIELD_TYPES, useAllFields } from '@/api/getSchema';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Zones } from './Zones';
import type { Placed } from './zones';

/** The Metric Section takes numbers only, and so many. */
const NUMBERS = ['wholeNumber', 'decimal', 'money'];
const MOST = 4;

/** What the title of the page shows already. */
const IN_TITLE = ['name', 'starred', 'flag'];

/** The fields of the vCard: metrics and properties (PLT-034 to PLT-036). */
export function VCardStep({ placed, onPlaced }: { placed: Placed; onPlaced: (next: Placed) => void }) {
  const { t } = useTranslation();
  const fields = useAllFields('leads');
  if (!fields.data) {
    return fields.error ? (
      <ProblemAlert error={fields.error} onRetry={() => void fields.refetch()} />
    ) : (
      <PageSkeleton rows={4} />
    );
  }
  const typeOf = (key: string) => fields.data.find((field) => field.key === key)?.type ?? '';
  const typeName = (type: string) => {
    const known = FIELD_TYPES.find((one) => one === type);
    return known ? t(`fieldTypes.${known}`) : type;
  };
  return (
    <Zones
      available={t('leadViews.availableFields')}
      searched
      entries={fields.data
        .filter((field) => !IN_TITLE.includes(field.key))
        .map((field) => ({ key: field.key, label: field.label, note: typeName(field.type) }))}
      zones={[
        {
          key: 'metrics',
          label: t('leadViews.metrics'),
          text: t('leadViews.metricsText'),
          refuses: (field, present) =>
            !NUMBERS.includes(typeOf(field.key))
              ? t('leadViews.notANumber', { name: field.label })
              : present.length >= MOST
                ? t('leadViews.fourMetrics')
                : undefined,
        },
        {
          key: 'properties',
          label: t('leadViews.properties'),
          text: t('leadViews.propertiesText'),
          refuses: () => undefined,
        },
      ]}
      placed={placed}
      onPlaced={onPlaced}
    />
  );
}
