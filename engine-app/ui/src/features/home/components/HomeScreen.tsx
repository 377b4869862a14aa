import { Anchor, Box, SimpleGrid, Skeleton, Text, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChecklist,
  IconFileImport,
  IconHourglass,
  IconPlayerPlay,
  IconPlugConnected,
  IconRoute,
  IconUserPlus,
  IconUserSearch,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isOn, useFeatures } from '@/api/features';
import { allows, useRights } from '@/api/rights';
import { useSession } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatNumber } from '@/lib/format';
import { useHome } from '../api/getHome';
import classes from './Home.module.css';

const FIGURES = [
  { key: 'leadsToday', icon: IconUserSearch, href: '/leads?filter=createdAt%20%3E%3D%20today' },
  { key: 'runsToday', icon: IconPlayerPlay, href: '/automations' },
  { key: 'waiting', icon: IconHourglass, href: '/automations?state=waiting' },
  {
    key: 'tasksDue',
    icon: IconChecklist,
    href: '/tasks?filter=status%20%3D%20%22pending%22%20and%20dueAt%20%3C%20now',
  },
  { key: 'failed', icon: IconAlertTriangle, href: '/automations?state=failed' },
] as const;

const STARTS = [
  { key: 'addLead', icon: IconUserPlus, href: '/leads?create=true', section: 'lead', action: 'create' },
  {
    key: 'importFile',
    icon: IconFileImport,
    href: '/imports',
    section: 'imports',
    action: 'create',
    feature: 'imports',
  },
  {
    key: 'buildAutomation',
    icon: IconRoute,
    href: '/automations/new',
    section: 'automations',
    action: 'edit',
  },
  {
    key: 'connectProvider',
    icon: IconPlugConnected,
    href: '/settings/mail',
    section: 'settings',
    action: 'edit',
  },
] as const;

export function HomeScreen() {
  const { t } = useTranslation();
  const session = useSession().data;
  const home = useHome();
  const rights = useRights().data;
  const switches = useFeatures().data;
  const starts = STARTS.filter(
    (start) =>
      allows(rights, start.section, start.action) && (!('feature' in start) || isOn(switches, start.feature)),
  );

  return (
    <Box p={{ base: 'md', sm: 'lg' }} maw={1040} w="100%" component="main">
      <Title order={1} mb={4}>
        {t('home.greeting', { name: session?.user.name.split(' ')[0] ?? '' })}
      </Title>
      <Text c="dimmed" mb="lg">
        {t('home.today')}
      </Text>
      {home.error && <ProblemAlert error={home.error} onRetry={() => void home.refetch()} mb="md" />}
      <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="sm" mb="xl" data-guide="figures">
        {FIGURES.map((figure) => {
          const value = home.data?.[figure.key];
          return (
            <AppLink
              key={figure.key}
              href={figure.href}
              className={classes.figure}
              data-alarm={figure.key === 'failed' && (value ?? 0) > 0 ? true : undefined}
            >
              <span className={classes.label}>
                <figure.icon size={16} stroke={1.6} aria-hidden />
                {t(`home.figures.${figure.key}`)}
              </span>
              {home.isPending ? (
                <Skeleton h={28} w={56} mt={4} />
              ) : (
                <span className={classes.number}>{value == null ? '–' : formatNumber(value)}</span>
              )}
            </AppLink>
          );
        })}
      </SimpleGrid>
      <Title order={2} mb="sm">
        {t('home.start')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" data-guide="starts">
        {starts.map((start) => (
          <AppLink key={start.key} href={start.href} className={classes.start}>
            <span className={classes.icon}>
              <start.icon size={20} stroke={1.6} aria-hidden />
            </span>
            <span>
              <Text fw={600} size="md" span display="block">
                {t(`home.starts.${start.key}.title`)}
              </Text>
              <Text c="dimmed" size="sm" span>
                {t(`home.starts.${start.key}.text`)}
              </Text>
            </span>
          </AppLink>
        ))}
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt="xl">
        {t('home.hint')}{' '}
        <Anchor underline="always" href="/swagger-ui.html">
          {t('home.api')}
        </Anchor>
      </Text>
    </Box>
  );
}
