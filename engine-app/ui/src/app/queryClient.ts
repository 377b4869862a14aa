import { QueryClient } from '@tanstack/react-query';
import { sessionKey } from '@/api/session';
import { onSignedOut, Problem } from '@/lib/http';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // Refusals stay refusals; only what may pass by itself is tried again.
      retry: (failures, error) =>
        failures < 2 && error instanceof Problem && (error.status === 0 || error.status >= 502),
    },
  },
});

onSignedOut(() => {
  if (queryClient.getQueryData(sessionKey) !== null) queryClient.setQueryData(sessionKey, null);
});
