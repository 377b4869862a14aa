import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { MERGED } from '@/api/merges';
import { LISTED } from '@/api/smartLists';
import { listSearchSchema } from '@/components/list/listSearch';
import { ErrorScreen, PendingScreen } from './fallbacks';
import { settingsRoutes } from './settingsRoutes';
import { inShell, root, shell } from './shellRoute';
import { signInRoutes } from './signInRoutes';

const id = {
  parse: ({ id: text }: { id: string }) => ({ id: Number(text) }),
  stringify: ({ id: n }: { id: number }) => ({ id: String(n) }),
};

const home = createRoute({
  ...inShell,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/home/components/HomeScreen'), 'HomeScreen'),
});

const listScreens = () => import('@/features/records/components/RecordScreens');

const leads = createRoute({
  ...inShell,
  path: '/leads',
  validateSearch: listSearchSchema,
  component: lazyRouteComponent(listScreens, 'LeadsScreen'),
});
const contacts = createRoute({
  ...inShell,
  path: '/contacts',
  validateSearch: listSearchSchema,
  component: lazyRouteComponent(listScreens, 'ContactsScreen'),
});
const accounts = createRoute({
  ...inShell,
  path: '/accounts',
  validateSearch: listSearchSchema,
  component: lazyRouteComponent(listScreens, 'AccountsScreen'),
});
const opportunities = createRoute({
  ...inShell,
  path: '/opportunities',
  validateSearch: listSearchSchema,
  component: lazyRouteComponent(listScreens, 'OpportunitiesScreen'),
});
const followUps = createRoute({
  ...inShell,
  path: '/follow-ups',
  validateSearch: z.object({ when: z.optional(z.string()), whose: z.optional(z.string()) }),
  component: lazyRouteComponent(
    () => import('@/features/records/followups/FollowUpsScreen'),
    'FollowUpsScreen',
  ),
});
const tasks = createRoute({
  ...inShell,
  path: '/tasks',
  validateSearch: listSearchSchema,
  component: lazyRouteComponent(listScreens, 'TasksScreen'),
});

const recordScreens = () => import('@/features/records/components/RecordDetailScreens');
const recordSearch = z.object({
  tab: z.optional(z.string()),
  /** What the timeline is narrowed to. */
  kinds: z.optional(z.string()),
  /** The tab of the page that is open. */
  show: z.optional(z.string()),
});

const lead = createRoute({
  ...inShell,
  path: '/leads/$id',
  params: id,
  validateSearch: recordSearch,
  component: lazyRouteComponent(recordScreens, 'LeadScreen'),
});
const leadForm = () => import('@/features/records/form/LeadFormScreen');
const newLead = createRoute({
  ...inShell,
  path: '/leads/new',
  component: lazyRouteComponent(leadForm, 'NewLeadScreen'),
});
const editLead = createRoute({
  ...inShell,
  path: '/leads/$id/form',
  params: id,
  component: lazyRouteComponent(leadForm, 'EditLeadScreen'),
});
const contactRequests = createRoute({
  ...inShell,
  path: '/contacts/requests',
  component: lazyRouteComponent(
    () => import('@/features/records/requests/ContactRequestsScreen'),
    'ContactRequestsScreen',
  ),
});
const contact = createRoute({
  ...inShell,
  path: '/contacts/$id',
  params: id,
  validateSearch: recordSearch,
  component: lazyRouteComponent(recordScreens, 'ContactScreen'),
});
const account = createRoute({
  ...inShell,
  path: '/accounts/$id',
  params: id,
  validateSearch: recordSearch,
  component: lazyRouteComponent(recordScreens, 'AccountScreen'),
});
const opportunity = createRoute({
  ...inShell,
  path: '/opportunities/$id',
  params: id,
  validateSearch: recordSearch,
  component: lazyRouteComponent(recordScreens, 'OpportunityScreen'),
});
const task = createRoute({
  ...inShell,
  path: '/tasks/$id',
  params: id,
  validateSearch: recordSearch,
  component: lazyRouteComponent(recordScreens, 'TaskScreen'),
});

const lists = createRoute({
  ...inShell,
  path: '/lists',
  component: lazyRouteComponent(() => import('@/features/lists/components/ListsScreen'), 'ListsScreen'),
});
const list = createRoute({
  ...inShell,
  path: '/lists/$id',
  params: id,
  component: lazyRouteComponent(() => import('@/features/lists/components/ListScreen'), 'StaticListScreen'),
});

const smartLists = createRoute({
  ...inShell,
  path: '/smart-lists',
  validateSearch: z.object({ of: z.optional(z.enum(LISTED)) }),
  component: lazyRouteComponent(
    () => import('@/features/lists/components/SmartListsScreen'),
    'SmartListsScreen',
  ),
});

const automations = createRoute({
  ...inShell,
  path: '/automations',
  validateSearch: z.object({ q: z.optional(z.string()), state: z.optional(z.string()) }),
  component: lazyRouteComponent(
    () => import('@/features/automations/components/AutomationsScreen'),
    'AutomationsScreen',
  ),
});
const gallery = createRoute({
  ...inShell,
  path: '/automations/new',
  component: lazyRouteComponent(
    () => import('@/features/automations/components/GalleryScreen'),
    'GalleryScreen',
  ),
});
const automation = createRoute({
  ...inShell,
  path: '/automations/$id',
  params: id,
  validateSearch: z.object({
    tab: z.optional(z.string()),
    element: z.optional(z.string()),
    status: z.optional(z.string()),
    why: z.optional(z.string()),
  }),
  component: lazyRouteComponent(
    () => import('@/features/automations/components/AutomationScreen'),
    'AutomationScreen',
  ),
});
const run = createRoute({
  ...inShell,
  path: '/runs/$id',
  params: id,
  component: lazyRouteComponent(() => import('@/features/runs/components/RunScreen'), 'RunScreen'),
});

const imports = createRoute({
  ...inShell,
  path: '/imports',
  validateSearch: z.object({ entity: z.optional(z.string()) }),
  component: lazyRouteComponent(() => import('@/features/imports/components/ImportsScreen'), 'ImportsScreen'),
});
const oneImport = createRoute({
  ...inShell,
  path: '/imports/$id',
  params: id,
  component: lazyRouteComponent(() => import('@/features/imports/components/ImportScreen'), 'ImportScreen'),
});
const jobs = createRoute({
  ...inShell,
  path: '/jobs',
  validateSearch: z.object({
    tab: z.optional(z.string()),
    operation: z.optional(z.string()),
    user: z.optional(z.number()),
    status: z.optional(z.string()),
    from: z.optional(z.string()),
    until: z.optional(z.string()),
  }),
  component: lazyRouteComponent(() => import('@/features/jobs/components/JobsScreen'), 'JobsScreen'),
});
const job = createRoute({
  ...inShell,
  path: '/jobs/$id',
  params: id,
  validateSearch: z.object({ result: z.optional(z.string()) }),
  component: lazyRouteComponent(() => import('@/features/jobs/components/JobScreen'), 'JobScreen'),
});
const mailbox = createRoute({
  ...inShell,
  path: '/mailbox',
  validateSearch: z.object({ mail: z.optional(z.number()) }),
  component: lazyRouteComponent(() => import('@/features/mailbox/components/MailboxScreen'), 'MailboxScreen'),
});
const deliveries = createRoute({
  ...inShell,
  path: '/deliveries',
  validateSearch: z.object({ status: z.optional(z.string()) }),
  component: lazyRouteComponent(
    () => import('@/features/deliveries/components/DeliveriesScreen'),
    'DeliveriesScreen',
  ),
});

const merge = createRoute({
  ...inShell,
  path: '/merge/$entity',
  params: {
    parse: ({ entity }: { entity: string }) => ({ entity: z.parse(z.enum(MERGED), entity) }),
    stringify: ({ entity }: { entity: (typeof MERGED)[number] }) => ({ entity }),
  },
  validateSearch: z.object({ ids: z.catch(z.array(z.number()), []) }),
  component: lazyRouteComponent(() => import('@/features/records/merge/MergeScreen'), 'MergeScreen'),
});

const duplicates = createRoute({
  ...inShell,
  path: '/duplicates',
  validateSearch: z.object({
    entity: z.optional(z.enum(MERGED)),
    rule: z.optional(z.number()),
    match: z.optional(z.enum(['sure', 'likely'])),
  }),
  component: lazyRouteComponent(
    () => import('@/features/records/duplicates/DuplicatesScreen'),
    'DuplicatesScreen',
  ),
});

const trash = createRoute({
  ...inShell,
  path: '/trash',
  validateSearch: z.object({ entity: z.optional(z.string()), q: z.optional(z.string()) }),
  component: lazyRouteComponent(() => import('@/features/records/components/TrashScreen'), 'TrashScreen'),
});

const profile = createRoute({
  ...inShell,
  path: '/profile',
  component: lazyRouteComponent(() => import('@/features/profile/components/ProfileScreen'), 'ProfileScreen'),
});

const integrations = createRoute({
  ...inShell,
  path: '/profile/integrations',
  // What providers send browsers back with.
  validateSearch: z.object({
    state: z.optional(z.coerce.string()),
    code: z.optional(z.coerce.string()),
    error: z.optional(z.coerce.string()),
  }),
  component: lazyRouteComponent(
    () => import('@/features/profile/components/IntegrationsScreen'),
    'IntegrationsScreen',
  ),
});

const security = createRoute({
  ...inShell,
  path: '/profile/security',
  component: lazyRouteComponent(
    () => import('@/features/security/components/SecurityScreen'),
    'SecurityScreen',
  ),
});

const routeTree = root.addChildren([
  ...signInRoutes,
  shell.addChildren([
    home,
    leads,
    lead,
    newLead,
    editLead,
    contacts,
    contactRequests,
    contact,
    accounts,
    account,
    opportunities,
    opportunity,
    followUps,
    tasks,
    task,
    lists,
    list,
    smartLists,
    automations,
    gallery,
    automation,
    run,
    imports,
    oneImport,
    jobs,
    job,
    mailbox,
    deliveries,
    merge,
    duplicates,
    trash,
    profile,
    integrations,
    security,
    settingsRoutes,
  ]),
]);

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
