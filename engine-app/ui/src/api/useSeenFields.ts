import { useAllFields } from './getSchema';
import type { Entity } from './records';

/** Whether the reader sees a field; all of them until it is known. */
export interface Seen {
  (field: string): boolean;
  /** Whether it is known: before that nothing should be searched, since a filter that names hidden fields is refused. */
  known: boolean;
}

/**
 * Whether the reader sees a field of a kind of record, or with a dot one of what it is linked to.
 *
 * @param asked whether somebody wants to know
 */
export function useSeenFields(entity: Entity, asked: boolean): Seen {
  const linked = asked && entity === 'opportunities';
  const own = useAllFields(entity, asked);
  const contacts = useAllFields('contacts', linked);
  const accounts = useAllFields('accounts', linked);
  const fields: Record<string, { key: string }[] | undefined> = {
    '': own.data,
    contact: contacts.data,
    account: accounts.data,
  };
  const sees = (field: string) => {
    const [key = '', link = ''] = field.split('.').reverse();
    return fields[link]?.some((one) => one.key === key) ?? true;
  };
  // What cannot be read is asked with all fields, so that its refusal is seen.
  const known = !asked || [own, ...(linked ? [contacts, accounts] : [])].every((one) => !one.isPending);
  return Object.assign(sees, { known });
}
