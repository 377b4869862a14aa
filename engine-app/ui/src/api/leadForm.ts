import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import * as z from 'zod/mini';
import { call, get, Problem } from '@/lib/http';
import { recordChanged } from './changeRecord';
import { recordSchema } from './records';

const inputSchema = z.looseObject({
  key: z.string(),
  entity: z.enum(['lead', 'account', 'contact']),
  field: z.string(),
  /** When it is shown: always, or as the two ticks and the company say. */
  shown: z.enum(['always', 'no-new-company', 'no-company', 'new-contact', 'no-new-contact']),
  mandatory: z.boolean(),
  readOnly: z.boolean(),
});
export type FormInput = z.infer<typeof inputSchema>;

const schema = z.looseObject({ inputs: z.array(inputSchema) });

/** The inputs of the complete form of leads; server and screen go by the same rows. */
export function useLeadForm() {
  return useQuery({
    queryKey: ['schema', 'lead-form'],
    queryFn: async () => (await get(schema, '/leads/form')).inputs,
    staleTime: 5 * 60_000,
  });
}

export type FormValues = Record<string, unknown>;

/** Whether an input is shown beside the values that are filled in. */
export function isShown(input: Pick<FormInput, 'shown'>, values: FormValues): boolean {
  switch (input.shown) {
    case 'no-new-company':
      return values['newCompany'] !== true;
    case 'no-company':
      return values['newCompany'] === true || values['account'] == null;
    case 'new-contact':
      return values['newContact'] === true;
    case 'no-new-contact':
      return values['newContact'] !== true;
    default:
      return true;
  }
}

interface Saving {
  values: FormValues;
  /** The version that the values stand on. */
  version?: number | undefined;
}

/** After these nothing has been written: what is sent next is another request. */
const REFUSED = new Set([400, 403, 404, 413, 422]);

/** How often, and after how many milliseconds, an answer is asked for that is not there yet. */
const ASKED_AGAIN = 5;
const PAUSE = 1_000;

/** Whether the same request is under way, or its answer has been lost. */
function underWay(error: unknown): boolean {
  return (
    error instanceof Problem &&
    error.status === 409 &&
    error.violations.some(({ field }) => field === 'Idempotency-Key')
  );
}

/** Whether it is known that a request has had no effect: it was refused, or somebody else was faster. */
function hadNoEffect(error: unknown): boolean {
  return (
    error instanceof Problem && (REFUSED.has(error.status) || (error.status === 409 && !underWay(error)))
  );
}

/** Writes a new lead, or changes one; the same entry takes effect once, also when it is sent again. */
export function useSaveLeadForm(id: number | undefined) {
  const client = useQueryClient();
  const sent = useRef<{ text: string; once: string } | null>(null);
  return useMutation({
    mutationFn: async (body: Saving) => {
      const text = JSON.stringify(body);
      const { once } = sent.current?.text === text ? sent.current : { once: crypto.randomUUID() };
      sent.current = { text, once };
      const send = () =>
        id === undefined
          ? call('POST', recordSchema, '/leads/form', { values: body.values }, undefined, once)
          : call('PATCH', recordSchema, `/leads/${id}/form`, body, undefined, once);
      for (let left = ASKED_AGAIN; ; left--) {
        try {
          return await send();
        } catch (error) {
          // A refusal is answered anew: what was in the way may be gone.
          if (hadNoEffect(error)) sent.current = null;
          if (left === 0 || !underWay(error)) throw error;
          await new Promise((resolve) => setTimeout(resolve, PAUSE));
        }
      }
    },
    onSuccess: (record) => {
      recordChanged(client, 'leads', record.id);
      recordChanged(client, 'contacts');
      recordChanged(client, 'accounts');
    },
  });
}
