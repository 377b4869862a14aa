import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const teamSchema = z.looseObject({ id: z.number(), name: z.string(), members: z.array(z.number()) });
export type Team = z.infer<typeof teamSchema>;

/** The teams by name, with the ids of their members. */
export function useTeams(enabled = true) {
  return useQuery({
    queryKey: ['teams'],
    enabled,
    queryFn: async () =>
      (await get(z.looseObject({ items: z.array(teamSchema) }), '/teams', { limit: 200 })).items,
  });
}
