import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';
import { useFeature } from './features';
import { type Entity, type RecordData, singular } from './records';
import { useSession } from './session';
import { type Lent, useLent } from './shares';

const rightsSchema = z.looseObject({
  everything: z.boolean(),
  sections: z.record(z.string(), z.record(z.string(), z.string())),
});
export type Rights = z.infer<typeof rightsSchema>;

/** What the reader may do, in words of the server; pages leave out what would be refused. */
export function useRights() {
  return useQuery({
    queryKey: ['session', 'rights'],
    queryFn: () => get(rightsSchema, '/session/rights'),
    staleTime: 60_000,
  });
}

/** Whether the reader may do something with anything of a section; yes until it is known. */
export function allows(rights: Rights | undefined, section: string, action: string): boolean {
  return rights === undefined || rights.everything || rights.sections[section]?.[action] !== undefined;
}

/** These belong to whom their field says; the others also to whoever owns what they are about. */
const OWNED: Entity[] = ['leads', 'contacts', 'accounts', 'opportunities'];

/**
 * Whether the reader may do something with this record. Where only the own ones are within reach, others' are told
 * apart here; teams and hierarchy are the server's to judge.
 */
export function allowsWith(
  rights: Rights | undefined,
  entity: Entity,
  action: string,
  record: RecordData | undefined,
  me: number | undefined,
): boolean {
  if (!allows(rights, singular(entity), action)) return false;
  const reach = rights?.sections[singular(entity)]?.[action];
  if (!rights || rights.everything || !record || me === undefined) return true;
  return reach !== 'own' || !OWNED.includes(entity) || record.values['owner'] === me;
}

export function useMay(section: string, action: string): boolean {
  return allows(useRights().data, section, action);
}

/** How a record is lent to the reader; asked for only where it may be. */
function useLentRecord(entity: Entity, record: RecordData | undefined): Lent | undefined {
  const rights = useRights().data;
  const me = useSession().data?.user.id;
  const some =
    rights !== undefined && !rights.everything && rights.sections['opportunity']?.['view'] !== 'all';
  const lent = useLent(
    some && entity === 'opportunities' && record !== undefined && record.values['owner'] !== me,
  ).data;
  return entity === 'opportunities' && record !== undefined ? lent?.get(record.id) : undefined;
}

/**
 * Whether the reader may do something with a record of a kind, or with any of them when none is given. What others share
 * for changing can be changed while that lasts (AUT-076), and whoever reaches it by that alone may do nothing else.
 */
export function useMayWith(entity: Entity, action: string, record?: RecordData): boolean {
  const rights = useRights().data;
  const allowed = allowsWith(rights, entity, action, record, useSession().data?.user.id);
  const lent = useLentRecord(entity, record);
  if (lent === undefined || action === 'view') return allowed;
  const borrowed = action === 'edit' && lent.access === 'modify' && allows(rights, singular(entity), action);
  return borrowed || (allowed && !lent.alone);
}

/** Whether the reader may start automations for records, or for this one: not for what is only shared with him. */
export function useMayStart(entity: Entity, record?: RecordData): boolean {
  const may = useMay('automations', 'view');
  const lent = useLentRecord(entity, record);
  return useFeature('starts') && may && lent?.alone !== true;
}
