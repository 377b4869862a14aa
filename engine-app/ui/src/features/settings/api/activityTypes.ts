import { useMutation, useQueryClient } from '@tanstack/react-query';
import { act } from '@/lib/http';

export function useCreateActivityType() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { key: string; label: string; score: number }) =>
      act('POST', '/schema/activity-types', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['schema'] }),
  });
}
