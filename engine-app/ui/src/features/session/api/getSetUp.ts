import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get, Problem } from '@/lib/http';

const schema = z.looseObject({
  /** Nobody exists yet who could sign in. */
  needed: z.boolean(),
  /** The sample data with its three sign-ins is there. */
  samples: z.nullish(z.boolean()),
});

/** Whether the first administrator has to be made before anyone can sign in. */
export function useSetUp() {
  return useQuery({
    queryKey: ['setup'],
    queryFn: async () => {
      try {
        return await get(schema, '/setup');
      } catch (error) {
        if (error instanceof Problem && (error.status === 404 || error.status === 401)) {
          return { needed: false, samples: false };
        }
        throw error;
      }
    },
    staleTime: Infinity,
  });
}
