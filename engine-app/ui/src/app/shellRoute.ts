import { createRootRoute, createRoute, redirect } from '@tanstack/react-router';
import { fetchSession, sessionKey } from '@/api/session';
import { MissingScreen } from './fallbacks';
import { queryClient } from './queryClient';
import { Shell } from './Shell';

export const root = createRootRoute({ notFoundComponent: MissingScreen });

export const session = () =>
  queryClient.ensureQueryData({ queryKey: sessionKey, queryFn: fetchSession, staleTime: 5 * 60_000 });

export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    if ((await session()) === null) {
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
  component: Shell,
});

/** Pages for those who have signed in. */
export const inShell = { getParentRoute: () => shell } as const;
