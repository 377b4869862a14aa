import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const roleSchema = z.looseObject({ key: z.string(), label: z.string() });

/** The roles that a user can hold. */
export function useRoles(enabled = true) {
  return useQuery({
    queryKey: ['roles'],
    queryFn: () => get(z.array(roleSchema), '/roles'),
    staleTime: Infinity,
    enabled,
  });
}
