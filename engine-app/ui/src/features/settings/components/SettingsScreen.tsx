import {
  IconApi,
  IconBolt,
  IconBuilding,
  IconForms,
  IconHistory,
  IconKey,
  IconLockAccess,
  IconLogin2,
  IconMail,
  IconShieldLock,
  IconSitemap,
  IconTargetArrow,
  IconTimeline,
  IconToggleRight,
  IconUserSearch,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { allows, useRights } from '@/api/rights';
import { isAdministrator, useSession } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { PageHeader } from '@/components/PageHeader';
import classes from './Settings.module.css';

/** The pages; those with a need are shown to whoever has it. */
const PAGES = [
  { path: '/settings/company', key: 'company', icon: IconBuilding, need: 'settings' },
  { path: '/settings/fields', key: 'fields', icon: IconForms, need: null },
  { path: '/settings/leads', key: 'leads', icon: IconUserSearch, need: 'schema', action: 'edit' },
  { path: '/settings/activity-types', key: 'activityTypes', icon: IconBolt, need: null },
  { path: '/settings/mail', key: 'mail', icon: IconMail, need: 'settings' },
  { path: '/settings/webhook-secrets', key: 'secrets', icon: IconKey, need: 'settings' },
  { path: '/settings/journal', key: 'journal', icon: IconTimeline, need: 'journal' },
  { path: '/settings/users', key: 'users', icon: IconUsers, need: null },
  { path: '/settings/hierarchy', key: 'hierarchy', icon: IconSitemap, need: null },
  { path: '/settings/teams', key: 'teams', icon: IconUsersGroup, need: null },
  { path: '/settings/sales-groups', key: 'salesGroups', icon: IconTargetArrow, need: null },
  {
    path: '/settings/authentication-profiles',
    key: 'profiles',
    icon: IconLockAccess,
    need: 'settings',
  },
  { path: '/settings/single-sign-on', key: 'singleSignOn', icon: IconLogin2, need: 'administrator' },
  { path: '/settings/permissions', key: 'permissions', icon: IconShieldLock, need: 'permissions' },
  { path: '/settings/api-keys', key: 'apiKeys', icon: IconApi, need: null },
  { path: '/settings/features', key: 'features', icon: IconToggleRight, need: 'settings' },
  { path: '/settings/audit', key: 'audit', icon: IconHistory, need: 'audit' },
] as const;

function intoView(link: HTMLElement | null): void {
  link?.scrollIntoView?.({ block: 'nearest', inline: 'center' });
}

export function SettingsScreen() {
  const { t } = useTranslation();
  const path = useLocation({ select: (location) => location.pathname });
  const rights = useRights().data;
  const administrator = isAdministrator(useSession().data);
  return (
    <main className={classes.page}>
      <PageHeader title={t('nav.settings')} />
      <div className={classes.split}>
        <nav aria-label={t('nav.settings')} className={classes.menu}>
          {PAGES.filter(
            (page) =>
              page.need === null ||
              (page.need === 'administrator'
                ? administrator
                : allows(rights, page.need, 'action' in page ? page.action : 'view')),
          ).map((page) => (
            <AppLink
              key={page.path}
              href={page.path}
              className={classes.link}
              aria-current={path === page.path ? 'page' : undefined}
              // On a phone the menu is one row that is scrolled sideways.
              ref={path === page.path ? intoView : undefined}
            >
              <page.icon size={16} stroke={1.6} aria-hidden />
              {t(`settings.pages.${page.key}`)}
            </AppLink>
          ))}
        </nav>
        <div className={classes.content}>
          <Outlet />
        </div>
      </div>
    </main>
  );
}
