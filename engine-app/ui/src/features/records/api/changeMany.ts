import { useMutation, useQueryClient } from '@tanstack/react-query';
import { recordChanged } from '@/api/changeRecord';
import { type Entity, type RecordData, singular } from '@/api/records';
import { act } from '@/lib/http';
import { inParallel } from '@/lib/inParallel';

export type ManyAction =
  | { kind: 'tag'; tags: string[] }
  | { kind: 'list'; list: number }
  | { kind: 'automation'; automation: number }
  | { kind: 'delete' };

/** Does one thing to all selected records. */
export function useChangeMany(entity: Entity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ records, action }: { records: RecordData[]; action: ManyAction }) => {
      const ref = (record: RecordData) => `${singular(entity)}/${record.id}`;
      switch (action.kind) {
        case 'tag':
          return inParallel(records, (record) =>
            act('POST', `/${entity}/${record.id}/tags`, { tags: action.tags }),
          );
        case 'list':
          await act('POST', `/lists/${action.list}/members`, { refs: records.map(ref) });
          return { done: records.length, failed: 0, firstError: undefined };
        case 'automation':
          return inParallel(records, (record) =>
            act('POST', `/automations/${action.automation}/start`, { ref: ref(record) }),
          );
        case 'delete':
          return inParallel(records, (record) =>
            act('DELETE', `/${entity}/${record.id}`, undefined, { version: record.version }),
          );
      }
    },
    onSettled: () => {
      recordChanged(client, entity);
      void client.invalidateQueries({ queryKey: [singular(entity)] });
      void client.invalidateQueries({ queryKey: ['lists'] });
    },
  });
}
