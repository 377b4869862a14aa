import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { root, session } from './shellRoute';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({
    next: z.optional(z.string()),
    /** What is still to be done after a provider of single sign-on has vouched for somebody. */
    step: z.optional(z.enum(['code', 'enrolment'])),
    /** Why a provider's sign-in has failed. */
    problem: z.optional(z.string()),
    provider: z.optional(z.number()),
  }),
  component: lazyRouteComponent(() => import('@/features/session/components/SignInScreen'), 'SignInScreen'),
});

/** The server answers with a page here only when it does not begin a sign-in with a provider. */
const waitBeforeSignIn = createRoute({
  getParentRoute: () => root,
  path: '/oauth2/authorization/$provider',
  params: {
    parse: ({ provider }: { provider: string }) => ({ provider: Number(provider) }),
    stringify: ({ provider }: { provider: number }) => ({ provider: String(provider) }),
  },
  validateSearch: z.object({ next: z.optional(z.string()) }),
  component: lazyRouteComponent(() => import('@/features/session/components/WaitScreen'), 'WaitScreen'),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(
    () => import('@/features/session/components/ForgottenScreen'),
    'ForgottenScreen',
  ),
});

const setPassword = createRoute({
  getParentRoute: () => root,
  path: '/set-password',
  beforeLoad: async () => {
    // The first call brings the cookie that the next one repeats.
    await session();
  },
  component: lazyRouteComponent(
    () => import('@/features/session/components/SetPasswordScreen'),
    'SetPasswordScreen',
  ),
});

/** What is there for those who are not signed in. */
export const signInRoutes = [waitBeforeSignIn, signIn, forgotPassword, setPassword] as const;
