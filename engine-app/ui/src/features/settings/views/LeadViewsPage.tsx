import { ActionIcon, Anchor, Button, Group, Menu, Stack, Text, TextInput } from '@mantine/core';
import {
  IconCopy,
  IconDots,
  IconLayoutSidebar,
  IconLock,
  IconPencil,
  IconPlus,
  IconTrash,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAdministrator, useSession } from '@/api/session';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { Section } from '../components/Section';
import { LeadViewForm } from './LeadViewForm';
import { type LeadView, useCopyView, useDeleteView, useLeadViews } from './views';
import { FormFooter } from '../components/FormFooter';
import { useEdited } from '../useEdited';

/** What a copy is called (PLT-057). */
function CopyForm({ view, onDone }: { view: LeadView; onDone: () => void }) {
  const { t } = useTranslation();
  const copy = useCopyView();
  const [name, setName] = useState(t('leadViews.copyName', { name: view.name }));
  useUnsaved({ name }, copy.isPending || copy.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(copy.error, ['name']);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        copy.mutate(
          { view, name },
          {
            onSuccess: () => {
              toast(t('common.saved'));
              onDone();
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        {elsewhere && <ProblemAlert error={copy.error} />}
        <TextInput
          label={t('common.name')}
          value={name}
          maxLength={200}
          error={errorOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          data-autofocus
        />
        <FormFooter submit={t('leadViews.clone')} loading={copy.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}

/** How the page of leads looks, for which team (PLT-025 to PLT-057). */
export function LeadViewsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const administrator = isAdministrator(session.data);
  const views = useLeadViews(administrator);
  const removal = useDeleteView();
  const form = useEdited(views, (data) => data.items);
  const [copying, setCopying] = useState<LeadView | null>(null);
  const [removing, setRemoving] = useState<LeadView | null>(null);
  if (session.isPending) return <PageSkeleton />;
  if (!administrator) return <EmptyState icon={IconLock} title={t('leadViews.adminsOnly')} />;
  return (
    <Section
      title={t('leadViews.title')}
      text={t('leadViews.what')}
      action={
        <Button leftSection={<IconPlus size={14} />} onClick={form.add} disabled={!views.data}>
          {t('common.create')}
        </Button>
      }
    >
      {views.error && !views.data ? (
        <ProblemAlert error={views.error} onRetry={() => void views.refetch()} />
      ) : !views.data ? (
        <PageSkeleton />
      ) : views.data.items.length === 0 ? (
        <EmptyState icon={IconLayoutSidebar} title={t('leadViews.none')} text={t('leadViews.noneText')} />
      ) : (
        <DataTable
          label={t('leadViews.title')}
          items={views.data.items}
          rowKey={(view) => view.id}
          columns={[
            {
              key: 'name',
              label: t('common.name'),
              width: 300,
              cell: (view) => (
                <div>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    ta="left"
                    onClick={() => form.edit(view)}
                  >
                    {view.name}
                  </Anchor>
                  {view.description && (
                    <Text size="xs" c="dimmed" lineClamp={2}>
                      {view.description}
                    </Text>
                  )}
                </div>
              ),
            },
            {
              key: 'teams',
              label: t('settings.pages.teams'),
              cell: (view) =>
                view.teams.length === 0 ? (
                  <Text span size="sm" c="dimmed">
                    {t('leadViews.noTeams')}
                  </Text>
                ) : (
                  view.teams.map((team) => team.name).join(', ')
                ),
            },
            {
              key: 'tabs',
              label: t('leadViews.step.tabs'),
              numeric: true,
              width: 80,
              cell: (view) => view.layout.tabs.length,
            },
            {
              key: 'actions',
              label: '',
              width: 56,
              cell: (view) => (
                <Group justify="flex-end">
                  <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
                    <Menu.Target>
                      <ActionIcon aria-label={t('leadViews.actionsOf', { name: view.name })}>
                        <IconDots size={16} />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => form.edit(view)}>
                        {t('common.edit')}
                      </Menu.Item>
                      <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => setCopying(view)}>
                        {t('leadViews.clone')}
                      </Menu.Item>
                      <Menu.Item
                        leftSection={<IconUsersGroup size={16} />}
                        onClick={() => void navigate({ to: '/settings/teams', search: { view: view.id } })}
                      >
                        {t('leadViews.applyToTeams')}
                      </Menu.Item>
                      <Menu.Item
                        color="red"
                        leftSection={<IconTrash size={16} />}
                        onClick={() => setRemoving(view)}
                      >
                        {t('common.delete')}
                      </Menu.Item>
                    </Menu.Dropdown>
                  </Menu>
                </Group>
              ),
            },
          ]}
        />
      )}
      <FormDialog
        opened={form.opened}
        onClose={form.close}
        size="xl"
        title={!form.edited ? t('leadViews.new') : t('leadViews.change', { name: form.edited.name })}
      >
        {form.opened && views.data && (
          <LeadViewForm
            // Of another version it is another form.
            key={form.formKey}
            view={form.edited}
            standard={views.data.standard}
            onDone={form.close}
            onLoadAgain={form.loadAgain}
          />
        )}
      </FormDialog>
      <FormDialog opened={copying !== null} onClose={() => setCopying(null)} title={t('leadViews.clone')}>
        {copying && <CopyForm key={copying.id} view={copying} onDone={() => setCopying(null)} />}
      </FormDialog>
      <RemovalDialog
        what={removing?.id ?? null}
        removal={removal}
        title={t('leadViews.deleteTitle', { name: removing?.name ?? '' })}
        confirm={t('common.delete')}
        onClose={() => setRemoving(null)}
      >
        {removing && removing.teams.length > 0
          ? t('leadViews.deleteTeams', { teams: removing.teams.map((team) => team.name).join(', ') })
          : t('leadViews.deleteText')}
      </RemovalDialog>
    </Section>
  );
}
