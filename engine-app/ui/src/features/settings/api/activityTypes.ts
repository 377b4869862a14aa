import { useMutation, useQueryClient } from '@tanstack/react-query';
import { act } from '@/lib/http';

/** Another name or score of an activity type; the key stays. */
export function useChangeActivityType() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: { key: string; label: string; score: number }) =>
      act('PATCH', `/schema/activity-types/${encodeURIComponent(key)}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['schema'] }),
  });
}

export function useCreateActivityType() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { key: string; label: string; score: number }) =>
      act('POST', '/schema/activity-types', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['schema'] }),
  });
}
