import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const templateSchema = z.looseObject({
  key: z.string(),
  name: z.string(),
  description: z.nullish(z.string()),
  /** The name of its start: "Lead created". */
  trigger: z.nullish(z.string()),
  bpmn: z.nullish(z.string()),
});
export type Template = z.infer<typeof templateSchema>;
const schema = z.union([z.array(templateSchema), z.looseObject({ items: z.array(templateSchema) })]);

/** The ready-made automations. */
export function useTemplates() {
  return useQuery({
    queryKey: ['automation-templates'],
    queryFn: async () => {
      const answer = await get(schema, '/automation-templates');
      return Array.isArray(answer) ? answer : answer.items;
    },
    staleTime: Infinity,
  });
}
