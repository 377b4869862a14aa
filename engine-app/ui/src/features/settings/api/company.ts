import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { companyKey } from '@/api/company';
import { sessionKey } from '@/api/session';
import { call, get, putFile } from '@/lib/http';

const text = z.nullish(z.string());
const schema = z.looseObject({
  name: z.string(),
  email: text,
  phone: text,
  website: text,
  address: z.looseObject({ street: text, zip: text, city: text, state: text, country: text }),
  timeZone: z.string(),
  /** That of whoever has chosen none; null for that of each browser. */
  language: text,
  logo: text,
  version: z.number(),
  changedAt: text,
  changedBy: text,
});
export type CompanySettings = z.infer<typeof schema>;

const key = ['settings', 'company'];

export function useCompanySettings() {
  return useQuery({ queryKey: key, queryFn: () => get(schema, '/settings/company') });
}

/** After a change the head of the page and the reader's own times may be others. */
function useChanged() {
  const client = useQueryClient();
  return (settings: CompanySettings) => {
    client.setQueryData(key, settings);
    void client.invalidateQueries({ queryKey: companyKey });
    void client.invalidateQueries({ queryKey: sessionKey });
  };
}

export function useSaveCompany() {
  const onSuccess = useChanged();
  return useMutation({
    mutationFn: (settings: Record<string, unknown>) => call('PUT', schema, '/settings/company', settings),
    onSuccess,
  });
}

export function usePutLogo() {
  const onSuccess = useChanged();
  return useMutation({
    mutationFn: (file: Blob) => putFile(schema, '/settings/company/logo', file),
    onSuccess,
  });
}

export function useRemoveLogo() {
  const onSuccess = useChanged();
  return useMutation({ mutationFn: () => call('DELETE', schema, '/settings/company/logo'), onSuccess });
}

const factsSchema = z.looseObject({
  header: z.string(),
  createdAt: text,
  createdBy: text,
  lastUsedAt: text,
});
const keySchema = z.looseObject({ key: z.string() });
const accountKey = ['settings', 'account-key'];

export function useAccountKey() {
  return useQuery({ queryKey: accountKey, queryFn: () => get(factsSchema, '/settings/account-key') });
}

/** Shows or renews the key of the account; the answer is not kept with the other answers. */
export function useAskForAccountKey(what: 'show' | 'renew') {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: () => call('POST', keySchema, `/settings/account-key/${what}`, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: accountKey }),
  });
}
