import { useMutation, useQueryClient } from '@tanstack/react-query';
import { act } from '@/lib/http';

export type RunAction =
  { kind: 'retry'; wait?: string | number } | { kind: 'skip'; wait?: string | number } | { kind: 'cancel' };

export function useRunAction(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (action: RunAction) =>
      act('POST', `/runs/${id}/${action.kind}`, action.kind === 'cancel' ? {} : { wait: action.wait }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['run', id] });
      void client.invalidateQueries({ queryKey: ['automation'] });
      void client.invalidateQueries({ queryKey: ['lead'] });
    },
  });
}
