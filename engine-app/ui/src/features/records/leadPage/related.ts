import type { RecordData } from '@/api/records';

/** What finds the other leads of the same contact or company; undefined when the lead has neither. */
export function relatedFilter(lead: RecordData): string | undefined {
  const links = ['contact', 'account'].flatMap((key) => {
    const id = lead.values[key];
    return typeof id === 'number' ? [`${key} = ${id}`] : [];
  });
  return links.length === 0 ? undefined : `(${links.join(' or ')}) and not id = ${lead.id}`;
}
