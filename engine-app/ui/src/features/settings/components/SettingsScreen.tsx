import { Box } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { PageHeader } from '@/components/PageHeader';
import { AREAS, useSettingsPlaces } from '../places';
import classes from './Settings.module.css';

const HOME = '/settings';

function intoView(link: HTMLElement | null): void {
  link?.scrollIntoView?.({ block: 'nearest' });
}

/** The settings: their menu at the side and the chosen page; a phone shows one of the two. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const path = useLocation({ select: (location) => location.pathname });
  const pages = useSettingsPlaces();
  const atHome = path === HOME || path === `${HOME}/`;
  return (
    <main className={classes.page}>
      <PageHeader
        title={
          atHome ? (
            t('nav.settings')
          ) : (
            <AppLink href={HOME} className={classes.back}>
              <Box component="span" hiddenFrom="sm" className={classes.arrow} aria-hidden>
                <IconArrowLeft size={18} />
              </Box>
              {t('nav.settings')}
            </AppLink>
          )
        }
      />
      <div className={classes.split}>
        <nav aria-label={t('nav.settings')} className={classes.menu}>
          {AREAS.map((area) => {
            const inArea = pages.filter((page) => page.area === area);
            return (
              inArea.length > 0 && (
                <div key={area} role="group" aria-labelledby={`settings-${area}`}>
                  <div id={`settings-${area}`} className={classes.group}>
                    {t(`settings.areas.${area}`)}
                  </div>
                  {inArea.map((page) => (
                    <AppLink
                      key={page.path}
                      href={page.path}
                      className={classes.link}
                      aria-current={path === page.path ? 'page' : undefined}
                      ref={path === page.path ? intoView : undefined}
                    >
                      <page.icon size={16} stroke={1.6} aria-hidden />
                      {t(`settings.pages.${page.key}`)}
                    </AppLink>
                  ))}
                </div>
              )
            );
          })}
        </nav>
        <div className={classes.content}>
          <Outlet />
        </div>
      </div>
    </main>
  );
}
