import {
  IconApi,
  IconBolt,
  IconForms,
  IconHistory,
  IconKey,
  IconMail,
  IconTimeline,
  IconUsers,
} from '@tabler/icons-react';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isAdministrator, useSession } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { PageHeader } from '@/components/PageHeader';
import classes from './Settings.module.css';

const PAGES = [
  { path: '/settings/fields', key: 'fields', icon: IconForms, administrators: false },
  { path: '/settings/activity-types', key: 'activityTypes', icon: IconBolt, administrators: false },
  { path: '/settings/mail', key: 'mail', icon: IconMail, administrators: true },
  { path: '/settings/webhook-secrets', key: 'secrets', icon: IconKey, administrators: true },
  { path: '/settings/journal', key: 'journal', icon: IconTimeline, administrators: true },
  { path: '/settings/users', key: 'users', icon: IconUsers, administrators: false },
  { path: '/settings/api-keys', key: 'apiKeys', icon: IconApi, administrators: false },
  { path: '/settings/audit', key: 'audit', icon: IconHistory, administrators: true },
] as const;

function intoView(link: HTMLElement | null): void {
  link?.scrollIntoView?.({ block: 'nearest', inline: 'center' });
}

export function SettingsScreen() {
  const { t } = useTranslation();
  const path = useLocation({ select: (location) => location.pathname });
  const administrator = isAdministrator(useSession().data);
  return (
    <main className={classes.page}>
      <PageHeader title={t('nav.settings')} />
      <div className={classes.split}>
        <nav aria-label={t('nav.settings')} className={classes.menu}>
          {PAGES.filter((page) => administrator || !page.administrators).map((page) => (
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
