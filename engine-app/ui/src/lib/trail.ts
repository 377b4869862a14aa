import { useRouterState } from '@tanstack/react-router';
import * as z from 'zod/mini';

/** The list that one came from, as far as its order and its rows go. */
const trailSchema = z.object({
  filter: z.string(),
  sort: z.string(),
  hidden: z.boolean(),
});
export type Trail = z.infer<typeof trailSchema>;

/** What a step in the history keeps beside its address, so that it survives a reload but is not shared. */
export function withTrail(trail: Trail | undefined): never {
  return { trail } as never;
}

export function useTrail(): Trail | undefined {
  const kept = useRouterState({
    select: (state) => (state.location.state as unknown as Record<string, unknown>)['trail'],
  });
  const read = trailSchema.safeParse(kept);
  return read.success ? read.data : undefined;
}
