import { useMutation } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { Problem, uploadOnce } from '@/lib/http';
import { useStaffChange } from './users';

const resultSchema = z.looseObject({
  written: z.boolean(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  refused: z.number(),
  invited: z.number(),
  rows: z.array(
    z.looseObject({
      line: z.number(),
      outcome: z.enum(['created', 'updated', 'unchanged', 'refused']),
      id: z.nullish(z.number()),
      name: z.string(),
      email: z.string(),
      violations: z.array(
        z.looseObject({ field: z.string(), value: z.nullish(z.string()), expectation: z.string() }),
      ),
    }),
  ),
});
export type ImportResult = z.infer<typeof resultSchema>;
export type ImportedRow = ImportResult['rows'][number];

interface Look {
  file: Blob;
  existing: 'refuse' | 'update';
}

export interface ImportOrder extends Look {
  partial: boolean;
  invite: boolean;
  /** The same for all tries to do this once. */
  key: string;
}

/** Looks at a file of users; nothing is changed by it. */
export function usePreviewUsers() {
  return useMutation({
    mutationFn: ({ file, existing }: Look) =>
      uploadOnce(
        resultSchema,
        '/users/imports',
        file,
        { preview: true, existing, partial: false, invite: false },
        crypto.randomUUID(),
      ),
  });
}

/** Takes a file of users in. */
export function useImportUsers() {
  return useStaffChange(({ file, key, ...choices }: ImportOrder) =>
    uploadOnce(resultSchema, '/users/imports', file, { preview: false, ...choices }, key),
  );
}

/**
 * Whether an order may have taken effect, or still does, although it was answered by an error. It is then repeated
 * with the same key. A refusal is an answer: what is asked after it is a new order.
 */
export function staysUnknown(error: unknown): boolean {
  if (!(error instanceof Problem)) return true;
  if (error.status === 409) return error.violations.some(({ field }) => field === 'Idempotency-Key');
  return error.status < 400 || error.status >= 500;
}
