import {
  Alert,
  Anchor,
  Badge,
  Button,
  Group,
  Menu,
  ActionIcon,
  Stack,
  Tabs,
  Text,
  Title,
} from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowLeft,
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { FormDialog, FormGuard } from '@/components/FormDialog';
import { Moment } from '@/components/Moment';
import { useProblemText } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { formatNumber } from '@/lib/format';
import {
  type Integration,
  isMeta,
  type Kind,
  useDeleteIntegration,
  useRenewAddress,
  useSaveIntegration,
  wantedOf,
} from './api';
import { CopyLine } from './CopyLine';
import { DeliveryLog } from './DeliveryLog';
import { EarlierLeads } from './EarlierLeads';
import { IntegrationForm } from './IntegrationForm';
import classes from './LeadSources.module.css';
import { MappingEditor } from './MappingEditor';
import { callOf, formOf, scriptOf } from './snippets';

function Connect({ one }: { one: Integration }) {
  const { t } = useTranslation();
  const renew = useRenewAddress();
  const [asking, setAsking] = useState<Integration | null>(null);
  const origin = window.location.origin;
  const lacks = isMeta(one.kind) && !(one.appSecretSet && one.pageTokenSet);
  return (
    <Stack gap="md">
      <Text size="sm">{t(`leadSources.steps.${one.kind as Kind}`)}</Text>
      {lacks && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />}>
          {t('leadSources.lacks')}
        </Alert>
      )}
      <CopyLine
        label={t(isMeta(one.kind) ? 'leadSources.callback' : 'leadSources.address')}
        text={t('leadSources.addressText')}
        value={origin + one.path}
      >
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={14} />}
          onClick={() => setAsking(one)}
        >
          {t('leadSources.renew')}
        </Button>
      </CopyLine>
      {one.key && (
        <CopyLine
          label={t(isMeta(one.kind) ? 'leadSources.verifyToken' : 'leadSources.key')}
          value={one.key}
        />
      )}
      {one.kind === 'form' && <CopyLine label={t('leadSources.html')} value={formOf(one, origin)} block />}
      {one.origins.length > 0 && (
        <CopyLine
          label={t('leadSources.script')}
          text={t('leadSources.scriptText', { origins: one.origins.join(', ') })}
          value={scriptOf(one, origin)}
          block
        />
      )}
      {(one.kind === 'api' || one.kind === 'chatbot' || one.kind === 'form') && (
        <CopyLine
          label={t('leadSources.curl')}
          text={t('leadSources.curlText')}
          value={callOf(one, origin)}
          block
        />
      )}
      {isMeta(one.kind) && <EarlierLeads one={one} />}
      <RemovalDialog
        what={asking}
        removal={renew}
        title={t('leadSources.renewTitle', { name: one.name })}
        confirm={t('leadSources.renew')}
        onClose={() => setAsking(null)}
      >
        {t('leadSources.renewText')}
      </RemovalDialog>
    </Stack>
  );
}

function Figures({ one }: { one: Integration }) {
  const { t } = useTranslation();
  const { counts } = one;
  const shown = (['received', 'created', 'updated', 'unchanged', 'refused'] as const).map(
    (name) => [name, counts[name]] as const,
  );
  return (
    <div className={classes.figures}>
      {shown.map(([name, count]) => (
        <div key={name} className={classes.figure}>
          <Text size="xs" c="dimmed">
            {t(`leadSources.figures.${name}`)}
          </Text>
          <Text size="lg" fw={600} c={name === 'refused' && count > 0 ? 'red' : undefined}>
            {formatNumber(count)}
          </Text>
        </div>
      ))}
    </div>
  );
}

/** One integration: how it is connected, what goes where, and what has come in. */
export function IntegrationDetail({
  one,
  tab,
  onTab,
  onGone,
}: {
  one: Integration;
  tab: string;
  onTab: (tab: string) => void;
  onGone: () => void;
}) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const save = useSaveIntegration(one);
  const remove = useDeleteIntegration();
  const [editing, setEditing] = useState(false);
  const [gone, setGone] = useState<number | null>(null);
  const pause = () =>
    save.mutate(
      { ...wantedOf(one), active: !one.active },
      {
        onSuccess: () => toast(t('common.saved')),
        onError: (error) => toast(problemText(error), { kind: 'bad' }),
      },
    );
  const { counts } = one;
  return (
    <Stack gap="md">
      <Anchor
        size="sm"
        w="fit-content"
        renderRoot={(props) => <AppLink {...props} href="/settings/lead-integrations" />}
      >
        <Group gap={4}>
          <IconArrowLeft size={14} aria-hidden />
          {t('settings.pages.leadIntegrations')}
        </Group>
      </Anchor>
      <Group justify="space-between" align="start">
        <div>
          <Group gap="xs">
            <Title order={2} style={{ overflowWrap: 'anywhere' }}>
              {one.name}
            </Title>
            <Badge variant="dot" color={one.active ? 'green' : 'gray'}>
              {t(one.active ? 'leadSources.active' : 'leadSources.paused')}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {t(`leadSources.kinds.${one.kind as Kind}`)}
            {' · '}
            {t('leadSources.carries', { source: one.source?.name ?? '–' })}
          </Text>
        </div>
        <Group gap="xs">
          <Button variant="default" leftSection={<IconPencil size={14} />} onClick={() => setEditing(true)}>
            {t('common.edit')}
          </Button>
          <Button
            variant="default"
            loading={save.isPending}
            leftSection={one.active ? <IconPlayerPause size={14} /> : <IconPlayerPlay size={14} />}
            onClick={pause}
          >
            {t(one.active ? 'leadSources.pause' : 'leadSources.resume')}
          </Button>
          <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
            <Menu.Target>
              <ActionIcon
                size={34}
                variant="default"
                aria-label={t('leadSources.moreOf', { name: one.name })}
              >
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setGone(one.id)}>
                {t('common.delete')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      <Figures one={one} />
      {!one.active && counts.held > 0 && (
        <Text size="sm">{t('leadSources.heldNow', { count: counts.held })}</Text>
      )}
      {counts.lastProblem && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('leadSources.lastProblem')} <Moment at={counts.lastProblemAt} />: {counts.lastProblem}
        </Text>
      )}
      <FormGuard>
        <Tabs value={tab} onChange={(next) => onTab(next ?? 'connect')} keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="connect">{t('leadSources.tabs.connect')}</Tabs.Tab>
            <Tabs.Tab value="fields">{t('leadSources.tabs.fields')}</Tabs.Tab>
            <Tabs.Tab value="deliveries">{t('leadSources.tabs.deliveries')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="connect">
            <Connect one={one} />
          </Tabs.Panel>
          <Tabs.Panel value="fields">
            <MappingEditor key={one.id} one={one} />
          </Tabs.Panel>
          <Tabs.Panel value="deliveries">
            <DeliveryLog one={one} />
          </Tabs.Panel>
        </Tabs>
      </FormGuard>
      <FormDialog opened={editing} onClose={() => setEditing(false)} title={one.name}>
        {editing && <IntegrationForm one={one} onDone={() => setEditing(false)} />}
      </FormDialog>
      <RemovalDialog
        what={gone}
        removal={{
          isPending: remove.isPending,
          mutate: (id: number, then) =>
            remove.mutate(id, {
              onError: then.onError,
              onSuccess: () => {
                then.onSuccess();
                onGone();
              },
            }),
        }}
        title={t('leadSources.deleteTitle', { name: one.name })}
        confirm={t('common.delete')}
        onClose={() => setGone(null)}
      >
        {t('leadSources.deleteText')}
      </RemovalDialog>
    </Stack>
  );
}
