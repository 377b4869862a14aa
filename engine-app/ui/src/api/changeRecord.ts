import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { act, call, get } from '@/lib/http';
import { type Entity, type RecordData, recordSchema, singular } from './records';

export function recordKey(entity: Entity, id: number) {
  return [singular(entity), id] as const;
}

export function useRecord(entity: Entity, id: number, enabled = true) {
  return useQuery({
    queryKey: recordKey(entity, id),
    queryFn: () => get(recordSchema, `/${entity}/${id}`),
    enabled,
  });
}

/** Reads again every list and panel that may show the record. */
export function recordChanged(client: QueryClient, entity: Entity, id?: number): void {
  void client.invalidateQueries({ queryKey: [entity] });
  if (id !== undefined) void client.invalidateQueries({ queryKey: recordKey(entity, id) });
  if (entity !== 'leads') void client.invalidateQueries({ queryKey: ['lead'] });
  void client.invalidateQueries({ queryKey: ['home'] });
}

export type NewValues = Record<string, unknown>;

export function useCreateRecord(entity: Entity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { values: NewValues; tags?: string[]; type?: string }) =>
      call('POST', recordSchema, `/${entity}`, body),
    onSuccess: (record) => recordChanged(client, entity, record.id),
  });
}

export interface Patch {
  /** The version that the reader saw; whatever stands there is changed without one. */
  version?: number;
  values: NewValues;
  /** Why the stage of a lead changes. */
  comment?: string;
}

/** Changes a record: shown at once, taken back when the server refuses. */
export function useChangeRecord(entity: Entity, id: number) {
  const client = useQueryClient();
  const key = recordKey(entity, id);
  return useMutation({
    mutationFn: (patch: Patch) => call('PATCH', recordSchema, `/${entity}/${id}`, patch),
    onMutate: async (patch) => {
      await client.cancelQueries({ queryKey: key, exact: true });
      const before = client.getQueryData<RecordData>(key);
      if (before) {
        client.setQueryData<RecordData>(key, { ...before, values: { ...before.values, ...patch.values } });
      }
      return { before };
    },
    onError: (_error, _patch, context) => {
      if (context?.before) client.setQueryData(key, context.before);
    },
    onSuccess: (record) => {
      client.setQueryData<RecordData>(key, (before) => ({ ...before, ...record }));
      recordChanged(client, entity, id);
    },
  });
}

export function useDeleteRecord(entity: Entity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: { id: number; version: number }) =>
      act('DELETE', `/${entity}/${id}`, undefined, { version }),
    onSuccess: () => recordChanged(client, entity),
  });
}

/** Takes a record out of the trash; an opportunity whose stage is gone needs another one (REV-017). */
export function useRestoreRecord(entity: Entity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, stage }: { id: number; stage?: string | null }) =>
      act('POST', `/${entity}/${id}/restore`, stage ? { stage } : undefined),
    onSuccess: (_, { id }) => recordChanged(client, entity, id),
  });
}

export function useChangeTags(entity: Entity, id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ added, removed }: { added: string[]; removed: string[] }) => {
      if (added.length > 0) await act('POST', `/${entity}/${id}/tags`, { tags: added });
      if (removed.length > 0) await act('DELETE', `/${entity}/${id}/tags`, { tags: removed });
    },
    onSettled: () => {
      recordChanged(client, entity, id);
      void client.invalidateQueries({ queryKey: ['tags'] });
    },
  });
}
