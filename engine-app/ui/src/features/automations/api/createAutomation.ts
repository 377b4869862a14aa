import { useMutation, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { call } from '@/lib/http';

const schema = z.looseObject({ id: z.number() });

export function useCreateAutomation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { template: string } | { name: string; bpmn: string }) =>
      call('POST', schema, '/automations', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['automations'] }),
  });
}
