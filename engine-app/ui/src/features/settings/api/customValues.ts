import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type CustomValue, customValuesKey } from '@/api/customValues';
import { act } from '@/lib/http';

function useRefreshed() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: customValuesKey });
}

export function useSaveCustomValue() {
  const onSuccess = useRefreshed();
  return useMutation({
    mutationFn: ({ before, name, value }: { before: CustomValue | null; name: string; value: string }) =>
      before === null
        ? act('POST', '/custom-values', { name, value })
        : act('PATCH', `/custom-values/${before.id}`, { version: before.version, name, value }),
    onSuccess,
  });
}

export function useDeleteCustomValue() {
  const onSuccess = useRefreshed();
  return useMutation({ mutationFn: (id: number) => act('DELETE', `/custom-values/${id}`), onSuccess });
}
