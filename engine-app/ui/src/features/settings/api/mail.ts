import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get } from '@/lib/http';

const text = z.nullish(z.string());
const schema = z.looseObject({
  configured: z.nullish(z.boolean()),
  passwordSet: z.nullish(z.boolean()),
  host: text,
  port: z.nullish(z.number()),
  security: text,
  username: text,
  from: text,
  fromName: text,
  replyTo: text,
});
export type MailSettings = z.infer<typeof schema>;

const key = ['settings', 'mail'];

export function useMailSettings() {
  return useQuery({ queryKey: key, queryFn: () => get(schema, '/settings/mail') });
}

export function useSaveMailSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: Record<string, unknown>) => call('PUT', schema, '/settings/mail', settings),
    onSuccess: (settings) => client.setQueryData(key, settings),
  });
}

export function useForgetMailSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => act('DELETE', '/settings/mail'),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

const testSchema = z.looseObject({ delivered: z.boolean(), way: text, message: text });

export function useTestMail() {
  return useMutation({ mutationFn: (to: string) => call('POST', testSchema, '/settings/mail/test', { to }) });
}
