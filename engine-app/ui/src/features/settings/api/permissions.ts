import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get } from '@/lib/http';

const words = z.record(z.string(), z.record(z.string(), z.string()));
const templateSchema = z.looseObject({
  id: z.number(),
  version: z.number(),
  name: z.string(),
  delivered: z.nullish(z.string()),
  fixed: z.boolean(),
  changed: z.boolean(),
  roles: z.array(z.string()),
  grants: z.looseObject({ sections: words, fields: words }),
});
export type Template = z.infer<typeof templateSchema>;
export type Words = z.infer<typeof words>;

const catalogueSchema = z.looseObject({
  items: z.array(templateSchema),
  sections: z.array(
    z.looseObject({
      key: z.string(),
      record: z.boolean(),
      reaching: z.boolean(),
      actions: z.array(z.string()),
    }),
  ),
});
export type Section = z.infer<typeof catalogueSchema>['sections'][number];

export interface TemplateValues {
  name: string;
  roles: string[];
  grants: { sections: Words; fields: Words };
}

/** The permission templates, with the rows and columns of their matrix. */
export function usePermissionTemplates() {
  return useQuery({
    queryKey: ['permission-templates'],
    queryFn: () => get(catalogueSchema, '/permission-templates'),
  });
}

function useChange<T, R>(change: (value: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['permission-templates'] }),
        client.invalidateQueries({ queryKey: ['session'] }),
      ]),
  });
}

export function useSaveTemplate() {
  return useChange(({ id, version, ...values }: TemplateValues & { id: number; version: number }) =>
    call('PATCH', templateSchema, `/permission-templates/${id}`, { version, ...values }),
  );
}

export function useCreateTemplate() {
  return useChange((values: TemplateValues) => call('POST', templateSchema, '/permission-templates', values));
}

export function useDeleteTemplate() {
  return useChange((id: number) => act('DELETE', `/permission-templates/${id}`));
}
