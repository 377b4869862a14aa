import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const schema = z.looseObject({
  name: z.string(),
  timeZone: z.string(),
  logo: z.nullish(z.string()),
});

export const companyKey = ['company'] as const;

/** The account as everybody sees it: its name and its logo. */
export function useCompany() {
  return useQuery({ queryKey: companyKey, queryFn: () => get(schema, '/company'), staleTime: 5 * 60_000 });
}
