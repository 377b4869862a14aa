import type { Field } from '@/api/getSchema';
import type { RecordData } from '@/api/records';
import { FieldValue, isEmpty } from '@/components/fields/FieldValue';
import classes from './Page.module.css';
import { ScoreWhy } from './ScoreWhy';

/** The numbers that stand out on the page of a lead (PLT-035). */
export function Metrics({ lead, fields, keys }: { lead: RecordData; fields: Field[]; keys: string[] }) {
  const shown = keys.flatMap((key) => fields.find((field) => field.key === key) ?? []);
  if (shown.length === 0) return null;
  return (
    <dl className={classes.metrics}>
      {shown.map((field) => (
        <div key={field.key} className={classes.metric}>
          <dt>{field.label}</dt>
          <dd>
            {field.key === 'score' ? (
              <ScoreWhy lead={lead} />
            ) : isEmpty(lead.values[field.key]) ? (
              '–'
            ) : (
              <FieldValue field={field} value={lead.values[field.key]} compact />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
