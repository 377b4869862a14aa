import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const stageSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  funnel: z.boolean(),
  pie: z.boolean(),
});
export const pipelineSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  funnel: z.boolean(),
  pie: z.boolean(),
  version: z.number(),
  stages: z.array(stageSchema),
});
export type Pipeline = z.infer<typeof pipelineSchema>;

const pipelinesSchema = z.looseObject({ items: z.array(pipelineSchema) });

/** All pipelines with their stages, in display order. */
export function usePipelines(enabled = true) {
  return useQuery({
    queryKey: ['pipelines'],
    queryFn: () => get(pipelinesSchema, '/schema/pipelines'),
    enabled,
  });
}
