import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Entity, singular } from '@/api/records';
import { act } from '@/lib/http';

/** Starts an automation for one record. */
export function useStartAutomation(entity: Entity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, automation }: { id: number; automation: number }) =>
      act('POST', `/automations/${automation}/start`, { ref: `${singular(entity)}/${id}` }),
    onSettled: () => client.invalidateQueries({ queryKey: [singular(entity)] }),
  });
}
