import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { inShell } from './shellRoute';

const settings = createRoute({
  ...inShell,
  path: '/settings',
  component: lazyRouteComponent(
    () => import('@/features/settings/components/SettingsScreen'),
    'SettingsScreen',
  ),
});
const settingsPages = () => import('@/features/settings/components/pages');
const inSettings = { getParentRoute: () => settings } as const;
const settingsIndex = createRoute({
  ...inSettings,
  path: '/',
  component: lazyRouteComponent(settingsPages, 'SettingsHome'),
});
const settingsFields = createRoute({
  ...inSettings,
  path: '/fields',
  validateSearch: z.object({ entity: z.optional(z.string()) }),
  component: lazyRouteComponent(settingsPages, 'FieldsPage'),
});
const settingsCompany = createRoute({
  ...inSettings,
  path: '/company',
  component: lazyRouteComponent(settingsPages, 'CompanyPage'),
});
const settingsGeneral = createRoute({
  ...inSettings,
  path: '/general',
  component: lazyRouteComponent(settingsPages, 'GeneralPage'),
});
const settingsFeatures = createRoute({
  ...inSettings,
  path: '/features',
  component: lazyRouteComponent(settingsPages, 'FeaturesPage'),
});
const settingsLeads = createRoute({
  ...inSettings,
  path: '/leads',
  validateSearch: z.object({ tab: z.optional(z.string()) }),
  component: lazyRouteComponent(settingsPages, 'LeadsPage'),
});
const settingsLeadIntegrations = createRoute({
  ...inSettings,
  path: '/lead-integrations',
  validateSearch: z.object({ integration: z.optional(z.number()), tab: z.optional(z.string()) }),
  component: lazyRouteComponent(settingsPages, 'LeadIntegrationsPage'),
});
const settingsCriteria = createRoute({
  ...inSettings,
  path: '/lead-criteria',
  component: lazyRouteComponent(settingsPages, 'CriteriaPage'),
});
const settingsPipelines = createRoute({
  ...inSettings,
  path: '/pipelines',
  component: lazyRouteComponent(settingsPages, 'PipelinesPage'),
});
const settingsDealStatuses = createRoute({
  ...inSettings,
  path: '/opportunity-statuses',
  component: lazyRouteComponent(settingsPages, 'StatusesPage'),
});
const settingsConversion = createRoute({
  ...inSettings,
  path: '/conversion',
  component: lazyRouteComponent(settingsPages, 'ConversionPage'),
});
const settingsLeadViews = createRoute({
  ...inSettings,
  path: '/lead-views',
  component: lazyRouteComponent(settingsPages, 'LeadViewsPage'),
});
const settingsDuplicates = createRoute({
  ...inSettings,
  path: '/duplicates',
  component: lazyRouteComponent(settingsPages, 'DuplicateRulesPage'),
});
const settingsLeadScore = createRoute({
  ...inSettings,
  path: '/lead-score',
  component: lazyRouteComponent(settingsPages, 'LeadScorePage'),
});
const settingsCalendarProviders = createRoute({
  ...inSettings,
  path: '/calendar-providers',
  component: lazyRouteComponent(settingsPages, 'CalendarProvidersPage'),
});
const settingsTables = createRoute({
  ...inSettings,
  path: '/tables',
  component: lazyRouteComponent(settingsPages, 'TablesPage'),
});
const settingsProcesses = createRoute({
  ...inSettings,
  path: '/processes',
  component: lazyRouteComponent(settingsPages, 'ProcessesPage'),
});
const settingsLeadLists = createRoute({
  ...inSettings,
  path: '/lead-lists',
  validateSearch: z.object({ process: z.optional(z.number()) }),
  component: lazyRouteComponent(settingsPages, 'LeadListsPage'),
});
const settingsActivityTypes = createRoute({
  ...inSettings,
  path: '/activity-types',
  component: lazyRouteComponent(settingsPages, 'ActivityTypesPage'),
});
const settingsTags = createRoute({
  ...inSettings,
  path: '/tags',
  component: lazyRouteComponent(settingsPages, 'TagsPage'),
});
const settingsValues = createRoute({
  ...inSettings,
  path: '/custom-values',
  component: lazyRouteComponent(settingsPages, 'CustomValuesPage'),
});
const settingsMail = createRoute({
  ...inSettings,
  path: '/mail',
  component: lazyRouteComponent(settingsPages, 'MailPage'),
});
const settingsJournal = createRoute({
  ...inSettings,
  path: '/journal',
  component: lazyRouteComponent(settingsPages, 'JournalPage'),
});
const settingsUsers = createRoute({
  ...inSettings,
  path: '/users',
  validateSearch: z.object({
    search: z.optional(z.string()),
    state: z.optional(z.string()),
    role: z.optional(z.string()),
    team: z.optional(z.number()),
    group: z.optional(z.number()),
    sort: z.optional(z.string()),
  }),
  component: lazyRouteComponent(settingsPages, 'UsersPage'),
});
const settingsHierarchy = createRoute({
  ...inSettings,
  path: '/hierarchy',
  component: lazyRouteComponent(settingsPages, 'HierarchyPage'),
});
const settingsTeams = createRoute({
  ...inSettings,
  path: '/teams',
  /** The details view that is to be given to teams. */
  validateSearch: z.object({ view: z.optional(z.number()) }),
  component: lazyRouteComponent(settingsPages, 'TeamsPage'),
});
const settingsSalesGroups = createRoute({
  ...inSettings,
  path: '/sales-groups',
  component: lazyRouteComponent(settingsPages, 'SalesGroupsPage'),
});

const settingsProfiles = createRoute({
  ...inSettings,
  path: '/authentication-profiles',
  component: lazyRouteComponent(settingsPages, 'AuthenticationProfilesPage'),
});

const settingsSingleSignOn = createRoute({
  ...inSettings,
  path: '/single-sign-on',
  component: lazyRouteComponent(settingsPages, 'SingleSignOnPage'),
});

const settingsSecrets = createRoute({
  ...inSettings,
  path: '/webhook-secrets',
  component: lazyRouteComponent(settingsPages, 'WebhookSecretsPage'),
});
const settingsApiKeys = createRoute({
  ...inSettings,
  path: '/api-keys',
  component: lazyRouteComponent(settingsPages, 'ApiKeysPage'),
});
const settingsPermissions = createRoute({
  ...inSettings,
  path: '/permissions',
  component: lazyRouteComponent(settingsPages, 'PermissionsPage'),
});
const settingsAudit = createRoute({
  ...inSettings,
  path: '/audit',
  validateSearch: z.object({
    text: z.optional(z.string()),
    kind: z.optional(z.string()),
    user: z.optional(z.number()),
    from: z.optional(z.string()),
    to: z.optional(z.string()),
  }),
  component: lazyRouteComponent(() => import('@/features/settings/components/AuditScreen'), 'AuditScreen'),
});

export const settingsRoutes = settings.addChildren([
  settingsIndex,
  settingsCompany,
  settingsGeneral,
  settingsFeatures,
  settingsFields,
  settingsLeads,
  settingsLeadIntegrations,
  settingsCriteria,
  settingsPipelines,
  settingsDealStatuses,
  settingsConversion,
  settingsLeadViews,
  settingsDuplicates,
  settingsLeadScore,
  settingsTables,
  settingsProcesses,
  settingsLeadLists,
  settingsActivityTypes,
  settingsTags,
  settingsValues,
  settingsMail,
  settingsCalendarProviders,
  settingsJournal,
  settingsUsers,
  settingsHierarchy,
  settingsTeams,
  settingsSalesGroups,
  settingsProfiles,
  settingsSingleSignOn,
  settingsSecrets,
  settingsApiKeys,
  settingsPermissions,
  settingsAudit,
]);
