import { useAllFields } from './getSchema';
import type { Entity } from './records';

/**
 * Whether the reader sees a field of a kind of record, or with a dot one of what it is linked to; all of them until it is
 * known.
 *
 * @param asked whether somebody wants to know
 */
export function useSeenFields(entity: Entity, asked: boolean): (field: string) => boolean {
  const linked = asked && entity === 'opportunities';
  const fields: Record<string, { key: string }[] | undefined> = {
    '': useAllFields(entity, asked).data,
    contact: useAllFields('contacts', linked).data,
    account: useAllFields('accounts', linked).data,
  };
  return (field) => {
    const [key = '', link = ''] = field.split('.').reverse();
    return fields[link]?.some((one) => one.key === key) ?? true;
  };
}
