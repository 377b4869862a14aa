import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';
import { useFeature } from './features';
import { type Entity, type RecordData, singular } from './records';
import { useSession } from './session';
import { useLent } from './shares';

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

/**
 * Whether the reader may do something with a record of a kind, or with any of them when none is given. What others share
 * for changing can be changed while that lasts (AUT-076).
 */
export function useMayWith(entity: Entity, action: string, record?: RecordData): boolean {
  const rights = useRights().data;
  const allowed = allowsWith(rights, entity, action, record, useSession().data?.user.id);
  const borrowed =
    !allowed &&
    entity === 'opportunities' &&
    action === 'edit' &&
    record !== undefined &&
    allows(rights, 'opportunity', action);
  const lent = useLent(borrowed).data;
  return allowed || (borrowed && lent?.get(record.id) === 'modify');
}

/** Whether the reader may start automations for records. */
export function useMayStart(): boolean {
  const may = useMay('automations', 'view');
  return useFeature('starts') && may;
}
