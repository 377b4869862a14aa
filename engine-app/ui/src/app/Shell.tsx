import {
  ActionIcon,
  AppShell,
  Avatar,
  Burger,
  Box,
  Kbd,
  Menu,
  Text,
  UnstyledButton,
  VisuallyHidden,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import {
  IconHelp,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSearch,
  IconShieldLock,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCompany } from '@/api/company';
import { useFeatures } from '@/api/features';
import { useSpeak } from '@/api/profile';
import { useRights } from '@/api/rights';
import { useSession, useSignOut } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { toast } from '@/components/toasts';
import { isLanguage, type Language, LANGUAGES } from '@/lib/i18n';
import { useLiveUpdates } from '@/lib/live';
import { placesFor } from './navigation';
import { NoticesBell } from './NoticesBell';
import classes from './Shell.module.css';

const CommandPalette = lazy(() =>
  import('./CommandPalette').then((module) => ({ default: module.CommandPalette })),
);

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

function isAt(place: string, path: string): boolean {
  return place === '/' ? path === '/' : path === place || path.startsWith(`${place}/`);
}

export function Shell() {
  const { t, i18n } = useTranslation();
  const session = useSession().data;
  const company = useCompany().data;
  const places = placesFor(useRights().data, useFeatures().data);
  const signOut = useSignOut();
  const speak = useSpeak();
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  const [menuOpen, menu] = useDisclosure(false);
  const [paletteOpen, palette] = useDisclosure(false);
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  useLiveUpdates(session?.user.id);
  const endGuide = useRef<() => void>(undefined);
  const guide = async () => {
    try {
      const guiding = await import('@/features/guide/startGuide');
      endGuide.current = guiding.endGuide;
      await guiding.startGuide(path, isLanguage(i18n.language) ? i18n.language : 'en');
    } catch {
      toast(t('shell.guideAway'), { kind: 'bad' });
    }
  };
  useEffect(() => () => endGuide.current?.(), [path]);
  useHotkeys([['mod+K', palette.toggle]], []);

  // Signed out in another tab, or the session ended.
  useEffect(() => {
    if (session === null) {
      const here = window.location.pathname + window.location.search;
      void navigate({ to: '/sign-in', search: here === '/' ? {} : { next: here } });
    }
  }, [session, navigate]);

  return (
    <>
      <a className="ll-skip" href="#content">
        {t('shell.skip')}
      </a>
      <AppShell
        header={{ height: 48 }}
        navbar={{ width: 196, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
        transitionDuration={0}
      >
        <AppShell.Header className={classes.header}>
          <Burger
            opened={menuOpen}
            onClick={menu.toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={t('shell.menu')}
            aria-expanded={menuOpen}
          />
          <AppLink
            href="/"
            aria-label={company?.name || 'Leadloom'}
            className={classes.brand}
            onClick={menu.close}
          >
            {company?.logo ? (
              <img src={company.logo} alt="" className={classes.logo} />
            ) : (
              <img src="/icon.svg" alt="" width={24} height={24} />
            )}
            <Box component="span" visibleFrom="sm" className={classes.company} title={company?.name}>
              {company?.name || 'Leadloom'}
            </Box>
          </AppLink>
          <UnstyledButton
            data-guide="search"
            className={classes.search}
            onClick={palette.open}
            aria-keyshortcuts="Control+K Meta+K"
          >
            <IconSearch size={16} aria-hidden />
            <span>{t('shell.search')}</span>
            <Box component="span" visibleFrom="sm" style={{ flex: 'none' }} aria-hidden>
              <Kbd size="xs">{isMac ? '⌘' : 'Ctrl'} K</Kbd>
            </Box>
          </UnstyledButton>
          <Box flex={1} />
          <NoticesBell />
          <ActionIcon aria-label={t('shell.guide')} onClick={() => void guide()} size={32} visibleFrom="sm">
            <IconHelp size={18} />
          </ActionIcon>
          <ActionIcon
            aria-label={dark ? t('shell.light') : t('shell.dark')}
            onClick={() => setColorScheme(dark ? 'light' : 'dark')}
            size={32}
          >
            {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
          </ActionIcon>
          <Menu position="bottom-end" width={220} transitionProps={{ duration: 80 }}>
            <Menu.Target>
              <ActionIcon size={32} radius="xl">
                <VisuallyHidden>{t('shell.you', { name: session?.user.name ?? '' })}</VisuallyHidden>
                <Avatar
                  size={28}
                  src={session?.user.photo ?? null}
                  name={session?.user.name ?? ''}
                  color="loom"
                  variant="filled"
                  // The initials are no word of the button's name.
                  aria-hidden
                />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Box px="sm" py="xs">
                <Text size="sm" fw={600}>
                  {session?.user.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {session?.user.login}
                </Text>
              </Box>
              <Menu.Divider />
              {(Object.keys(LANGUAGES) as Language[]).map((language) => (
                <Menu.Item
                  key={language}
                  leftSection={<IconLanguage size={16} />}
                  onClick={() => speak.mutate(language)}
                  aria-current={i18n.language === language}
                  fw={i18n.language === language ? 600 : 400}
                >
                  {LANGUAGES[language]}
                </Menu.Item>
              ))}
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconUser size={16} />}
                onClick={() => void navigate({ to: '/profile' })}
              >
                {t('profile.title')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconShieldLock size={16} />}
                onClick={() => void navigate({ to: '/profile/security' })}
              >
                {t('security.title')}
              </Menu.Item>
              <Menu.Item leftSection={<IconHelp size={16} />} onClick={() => void guide()} hiddenFrom="sm">
                {t('shell.guide')}
              </Menu.Item>
              <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
                {t('shell.signOut')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </AppShell.Header>
        <AppShell.Navbar className={classes.navbar} data-guide="nav" aria-label={t('shell.navigation')}>
          {places.map((place, index) => (
            <Box key={place.to}>
              {index > 0 && places[index - 1]?.group !== place.group && <div className={classes.divider} />}
              <AppLink
                href={'href' in place ? place.href : place.to}
                className={classes.link}
                aria-current={isAt(place.to, path) ? 'page' : undefined}
                onClick={menu.close}
              >
                <place.icon size={18} stroke={1.6} aria-hidden />
                {t(`nav.${place.key}`)}
              </AppLink>
            </Box>
          ))}
        </AppShell.Navbar>
        <AppShell.Main className={classes.main}>
          <div id="content" className={classes.content} tabIndex={-1}>
            <Outlet />
          </div>
        </AppShell.Main>
      </AppShell>
      {paletteOpen && (
        <Suspense>
          <CommandPalette onClose={palette.close} />
        </Suspense>
      )}
    </>
  );
}
