import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const figure = z.nullish(z.number());
const schema = z.looseObject({
  leadsToday: figure,
  runsToday: figure,
  waiting: figure,
  failed: figure,
  tasksDue: figure,
});
export type HomeFigures = z.infer<typeof schema>;

export function useHome() {
  const refetchInterval = useRefetchInterval();
  return useQuery({ queryKey: ['home'], queryFn: () => get(schema, '/home'), refetchInterval });
}
