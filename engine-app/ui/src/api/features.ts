import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { call, get } from '@/lib/http';

const schema = z.looseObject({ features: z.record(z.string(), z.boolean()), version: z.number() });
export type Switches = z.infer<typeof schema>;

const key = ['features'];

/** What is switched on (SET-029). */
export function useFeatures() {
  return useQuery({ queryKey: key, queryFn: () => get(schema, '/features'), staleTime: 60_000 });
}

/** Whether a feature is on; yes until it is known. */
export function isOn(switches: Switches | undefined, feature: string): boolean {
  return switches?.features[feature] !== false;
}

export function useFeature(feature: string): boolean {
  return isOn(useFeatures().data, feature);
}

export function useSwitch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Switches) => call('PUT', schema, '/settings/features', wanted),
    onSuccess: (switches) => client.setQueryData(key, switches),
  });
}
