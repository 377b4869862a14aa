import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconLogout, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignOut } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { EmptyState } from '@/components/EmptyState';
import { AREAS, useSettingsPlaces } from '../places';
import classes from './Settings.module.css';

/** All settings by what they are about, with a sentence each, and a search; on a phone signing out stands at the end. */
export function SettingsHome() {
  const { t, i18n } = useTranslation();
  const places = useSettingsPlaces();
  const signOut = useSignOut();
  const [text, setText] = useState('');
  const words = text.toLocaleLowerCase(i18n.language).split(/\s+/).filter(Boolean);
  const found = places
    .map((page) => ({
      ...page,
      title: t(`settings.pages.${page.key}`),
      about: t(`settings.about.${page.key}`),
    }))
    .filter(({ title, about, area }) => {
      const all = `${title} ${about} ${t(`settings.areas.${area}`)}`.toLocaleLowerCase(i18n.language);
      return words.every((word) => all.includes(word));
    });
  return (
    <Stack gap="md">
      <div data-guide="filters">
        <TextInput
          type="search"
          aria-label={t('settings.search')}
          placeholder={t('settings.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maw={420}
        />
      </div>
      {found.length === 0 && <EmptyState icon={IconSearch} title={t('settings.none', { text })} />}
      <Stack gap="md" data-guide="content">
        {AREAS.map((area) => {
          const pages = found.filter((page) => page.area === area);
          return (
            pages.length > 0 && (
              <section key={area} aria-labelledby={`settings-home-${area}`}>
                <Title order={2} id={`settings-home-${area}`} className={classes.heading}>
                  {t(`settings.areas.${area}`)}
                </Title>
                <ul className={classes.places}>
                  {pages.map((page) => (
                    <li key={page.path}>
                      <AppLink href={page.path} className={classes.place}>
                        <page.icon size={18} stroke={1.6} aria-hidden />
                        <span>
                          <span className={classes.name}>{page.title}</span>
                          <Text component="span" size="xs" c="dimmed" display="block">
                            {page.about}
                          </Text>
                        </span>
                      </AppLink>
                    </li>
                  ))}
                </ul>
              </section>
            )
          );
        })}
      </Stack>
      <Button
        hiddenFrom="sm"
        variant="default"
        leftSection={<IconLogout size={16} />}
        loading={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        {t('shell.signOut')}
      </Button>
    </Stack>
  );
}
