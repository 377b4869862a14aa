import * as z from 'zod/mini';
import { uploadOnce } from '@/lib/http';
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

export interface ImportOrder {
  file: Blob;
  preview: boolean;
  existing: 'refuse' | 'update';
  partial: boolean;
  invite: boolean;
  /** The same for all tries to do this once. */
  key: string;
}

/** Looks at a file of users, or takes it in. */
export function useImportUsers() {
  return useStaffChange(({ file, key, ...choices }: ImportOrder) =>
    uploadOnce(resultSchema, '/users/imports', file, choices, key),
  );
}
