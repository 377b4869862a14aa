import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get } from '@/lib/http';

const schema = z.array(
  z.looseObject({ name: z.string(), createdAt: z.nullish(z.string()), updatedAt: z.nullish(z.string()) }),
);
export type WebhookSecret = z.infer<typeof schema>[number];

const key = ['settings', 'webhook-secrets'];

/** The secrets that sign webhooks; their values cannot be read back. */
export function useWebhookSecrets(enabled = true) {
  return useQuery({ queryKey: key, queryFn: () => get(schema, '/settings/webhook-secrets'), enabled });
}

function path(name: string): string {
  return `/settings/webhook-secrets/${encodeURIComponent(name)}`;
}

export function useSetWebhookSecret() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, value }: { name: string; value: string }) => act('PUT', path(name), { value }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useRemoveWebhookSecret() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => act('DELETE', path(name)),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}
