import { useQuery } from '@tanstack/react-query';
import { get } from '@/lib/http';
import { type Entity, recordSchema, titleOf } from './records';

/** The name of a linked record; undefined while it is read, null when there is none. */
export function useRecordName(entity: Entity | undefined, id: number | undefined) {
  return useQuery({
    queryKey: ['name', entity, id],
    queryFn: async () => {
      if (!entity || id === undefined) return null;
      return titleOf(entity, await get(recordSchema, `/${entity}/${id}`));
    },
    enabled: entity !== undefined && id !== undefined,
    // A name that cannot be read stays a number; no reason to ask again and again.
    retry: false,
    staleTime: 5 * 60_000,
  }).data;
}
