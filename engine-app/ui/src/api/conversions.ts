import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get } from '@/lib/http';
import { recordChanged } from './changeRecord';
import { type RecordData, recordSchema } from './records';

/** What a lead can become, once each (LEAD-107). */
export type Conversion = 'deal' | 'client';

const FIELDS = { deal: 'convertedDeal', client: 'convertedClient' } as const;

/** The id of what a lead has become; undefined when it has not. */
export function convertedTo(lead: RecordData, kind: Conversion): number | undefined {
  const id = lead.values[FIELDS[kind]];
  return typeof id === 'number' ? id : undefined;
}

/** Whether people go on with something else than this lead (LEAD-079). */
export function isConverted(lead: RecordData): boolean {
  return convertedTo(lead, 'deal') !== undefined || convertedTo(lead, 'client') !== undefined;
}

const previewSchema = z.looseObject({
  missing: z.array(z.string()),
  values: z.record(z.string(), z.unknown()),
});

export function usePreview(lead: number, kind: Conversion) {
  return useQuery({
    queryKey: ['lead', lead, 'conversion', kind],
    queryFn: () => get(previewSchema, `/leads/${lead}/conversions/${kind}`),
    // What somebody types over it does not change under them.
    staleTime: Infinity,
    gcTime: 0,
  });
}

export function useConvert(lead: number, kind: Conversion) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { values: Record<string, unknown>; missing: Record<string, unknown> }) =>
      call('POST', recordSchema, `/leads/${lead}/conversions/${kind}`, body),
    onSuccess: () => {
      recordChanged(client, 'leads', lead);
      recordChanged(client, 'opportunities');
      recordChanged(client, 'contacts');
    },
  });
}

export function useUndoConversion(lead: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (kind: Conversion) => act('DELETE', `/leads/${lead}/conversions/${kind}`),
    onSuccess: () => recordChanged(client, 'leads', lead),
  });
}

/** Makes a lead of a contact (LEAD-161). */
export function useLeadOfContact(contact: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('POST', recordSchema, `/contacts/${contact}/lead`, { values: {} }),
    onSuccess: () => recordChanged(client, 'leads'),
  });
}
