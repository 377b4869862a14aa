import * as z from 'zod/mini';

/** What a list page keeps in its address, so that a view can be shared and Back works. */
export const listSearchSchema = z.object({
  /** The smart list in whose tab one is. */
  list: z.optional(z.number()),
  /** Instead of the filter of that list; empty for no filter. */
  filter: z.optional(z.string()),
  q: z.optional(z.string()),
  sort: z.optional(z.string()),
  columns: z.optional(z.string()),
  /** How opportunities are shown, and of which pipeline; what the reader has kept without it. */
  view: z.optional(z.enum(['board', 'list'])),
  pipeline: z.optional(z.number()),
  create: z.optional(z.boolean()),
});
export type ListSearch = z.infer<typeof listSearchSchema>;
