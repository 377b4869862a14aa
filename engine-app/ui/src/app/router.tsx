import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import * as z from 'zod/mini';
import { fetchSession, sessionKey } from '@/api/session';
import { ErrorScreen, MissingScreen, PendingScreen } from './fallbacks';
import { queryClient } from './queryClient';
import { Shell } from './Shell';

const root = createRootRoute({ notFoundComponent: MissingScreen });

const session = () =>
  queryClient.ensureQueryData({ queryKey: sessionKey, queryFn: fetchSession, staleTime: 5 * 60_000 });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ next: z.optional(z.string()) }),
  component: lazyRouteComponent(() => import('@/features/session/components/SignInScreen'), 'SignInScreen'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    if ((await session()) === null) {
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
  component: Shell,
});

const inShell = { getParentRoute: () => shell } as const;
const home = createRoute({
  ...inShell,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/home/components/HomeScreen'), 'HomeScreen'),
});

const routeTree = root.addChildren([signIn, shell.addChildren([home])]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: PendingScreen,
  defaultPendingMs: 200,
  defaultErrorComponent: ErrorScreen,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
