import {
  IconAdjustments,
  IconApi,
  IconBolt,
  IconBuilding,
  IconCalendarCog,
  IconCircleCheck,
  IconColumns3,
  IconCopyCheck,
  IconFilterCog,
  IconForms,
  IconGauge,
  IconHeadset,
  IconHistory,
  IconKey,
  IconLayoutSidebar,
  IconListDetails,
  IconLockAccess,
  IconLogin2,
  IconMail,
  IconPlugConnected,
  IconShieldLock,
  IconSitemap,
  IconSwitchHorizontal,
  IconTable,
  IconTag,
  IconTargetArrow,
  IconTextCaption,
  IconTimeline,
  IconToggleRight,
  IconUserSearch,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { allows, type Rights, useRights } from '@/api/rights';
import { isAdministrator, useSession } from '@/api/session';
import { useKeepsProcess } from './api/calling';

/** Pages stand together by what they are about, in this order. */
export const AREAS = ['company', 'people', 'access', 'data', 'calling', 'automation'] as const;

/** The pages in the order of the menu; those with a need are shown to whoever has it. */
const PAGES = [
  { path: '/settings/company', key: 'company', area: 'company', icon: IconBuilding, need: 'settings' },
  { path: '/settings/general', key: 'general', area: 'company', icon: IconAdjustments, need: 'settings' },
  { path: '/settings/features', key: 'features', area: 'company', icon: IconToggleRight, need: 'settings' },
  { path: '/settings/users', key: 'users', area: 'people', icon: IconUsers, need: null },
  { path: '/settings/hierarchy', key: 'hierarchy', area: 'people', icon: IconSitemap, need: null },
  { path: '/settings/teams', key: 'teams', area: 'people', icon: IconUsersGroup, need: null },
  { path: '/settings/sales-groups', key: 'salesGroups', area: 'people', icon: IconTargetArrow, need: null },
  {
    path: '/settings/permissions',
    key: 'permissions',
    area: 'access',
    icon: IconShieldLock,
    need: 'permissions',
  },
  {
    path: '/settings/authentication-profiles',
    key: 'profiles',
    area: 'access',
    icon: IconLockAccess,
    need: 'settings',
  },
  {
    path: '/settings/single-sign-on',
    key: 'singleSignOn',
    area: 'access',
    icon: IconLogin2,
    need: 'administrator',
  },
  { path: '/settings/api-keys', key: 'apiKeys', area: 'access', icon: IconApi, need: null },
  { path: '/settings/audit', key: 'audit', area: 'access', icon: IconHistory, need: 'audit' },
  { path: '/settings/fields', key: 'fields', area: 'data', icon: IconForms, need: null },
  {
    path: '/settings/leads',
    key: 'leads',
    area: 'data',
    icon: IconUserSearch,
    need: 'schema',
    action: 'edit',
  },
  {
    path: '/settings/lead-integrations',
    key: 'leadIntegrations',
    area: 'data',
    icon: IconPlugConnected,
    need: 'administrator',
  },
  {
    path: '/settings/lead-criteria',
    key: 'criteria',
    area: 'data',
    icon: IconFilterCog,
    need: 'schema',
    action: 'edit',
  },
  {
    path: '/settings/pipelines',
    key: 'pipelines',
    area: 'data',
    icon: IconColumns3,
    need: 'schema',
    action: 'edit',
  },
  {
    path: '/settings/opportunity-statuses',
    key: 'dealStatuses',
    area: 'data',
    icon: IconCircleCheck,
    need: 'schema',
    action: 'edit',
  },
  {
    path: '/settings/conversion',
    key: 'conversion',
    area: 'data',
    icon: IconSwitchHorizontal,
    need: 'schema',
    action: 'edit',
  },
  {
    path: '/settings/lead-views',
    key: 'leadViews',
    area: 'data',
    icon: IconLayoutSidebar,
    need: 'administrator',
  },
  {
    path: '/settings/duplicates',
    key: 'duplicates',
    area: 'data',
    icon: IconCopyCheck,
    need: 'administrator',
  },
  { path: '/settings/lead-score', key: 'leadScore', area: 'data', icon: IconGauge, need: 'administrator' },
  { path: '/settings/activity-types', key: 'activityTypes', area: 'data', icon: IconBolt, need: null },
  { path: '/settings/tags', key: 'tags', area: 'data', icon: IconTag, need: null },
  { path: '/settings/custom-values', key: 'values', area: 'data', icon: IconTextCaption, need: 'values' },
  { path: '/settings/tables', key: 'tables', area: 'calling', icon: IconTable, need: 'administrator' },
  {
    path: '/settings/processes',
    key: 'processes',
    area: 'calling',
    icon: IconHeadset,
    need: 'administrator',
  },
  { path: '/settings/lead-lists', key: 'leadLists', area: 'calling', icon: IconListDetails, need: 'process' },
  { path: '/settings/mail', key: 'mail', area: 'automation', icon: IconMail, need: 'settings' },
  {
    path: '/settings/calendar-providers',
    key: 'calendarProviders',
    area: 'automation',
    icon: IconCalendarCog,
    need: 'settings',
  },
  { path: '/settings/webhook-secrets', key: 'secrets', area: 'automation', icon: IconKey, need: 'settings' },
  { path: '/settings/journal', key: 'journal', area: 'automation', icon: IconTimeline, need: 'journal' },
] as const;

export type SettingsPlace = (typeof PAGES)[number];

/**
 * The pages of the settings that somebody with these rights can open.
 *
 * @param keeps whether there is a process that this person keeps
 */
function settingsFor(rights: Rights | undefined, administrator: boolean, keeps: boolean): SettingsPlace[] {
  return PAGES.filter((page) => {
    if (page.need === null) return true;
    if (page.need === 'administrator') return administrator;
    if (page.need === 'process') return administrator || keeps;
    // Whoever can write what they are put into, or change them.
    if (page.need === 'values') {
      return (
        allows(rights, 'automations', 'view') ||
        allows(rights, 'lead', 'bulk') ||
        allows(rights, 'contact', 'bulk') ||
        allows(rights, 'settings', 'edit')
      );
    }
    return allows(rights, page.need, 'action' in page ? page.action : 'view');
  });
}

/** The pages of the settings that whoever is signed in can open. */
export function useSettingsPlaces(): SettingsPlace[] {
  const rights = useRights().data;
  const session = useSession().data;
  const administrator = isAdministrator(session);
  // Administrators have the page without that.
  const keeps = useKeepsProcess(!!session && !administrator);
  return useMemo(() => settingsFor(rights, administrator, keeps), [rights, administrator, keeps]);
}
