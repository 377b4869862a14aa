import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const valueSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  key: z.string(),
  value: z.string(),
  version: z.number(),
});
export type CustomValue = z.infer<typeof valueSchema>;
const listSchema = z.looseObject({ items: z.array(valueSchema) });

export const customValuesKey = ['custom-values'];

/** What is written where the value is to stand. */
export function mergeFieldOf(value: Pick<CustomValue, 'key'>): string {
  return `{{custom_values.${value.key}}}`;
}

/** The named texts of the account, by name. */
export function useCustomValues() {
  return useQuery({
    queryKey: customValuesKey,
    queryFn: async () => (await get(listSchema, '/custom-values')).items,
    staleTime: 60_000,
  });
}
