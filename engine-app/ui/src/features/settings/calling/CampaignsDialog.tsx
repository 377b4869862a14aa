import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { DataTable } from '@/components/DataTable';
import { FormDialog } from '@/components/FormDialog';
import { ListsProblem } from '@/components/ListsProblem';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { useLeave, useUnsaved } from '@/components/unsaved';
import {
  type Campaign,
  type Process,
  useCampaigns,
  useDeleteCampaign,
  useSaveCampaign,
} from '../api/calling';
import { PeopleSelect } from './PeopleSelect';
import { FormFooter } from '../components/FormFooter';
import { RowButtons } from '../components/RowButtons';
import { useEdited } from '../useEdited';

function CampaignForm({
  process,
  campaign,
  onDone,
  onLoadAgain,
}: {
  process: Process;
  campaign: Campaign | undefined;
  onDone: () => void;
  onLoadAgain: () => void;
}) {
  const { t } = useTranslation();
  const everybody = useUsers();
  const users = everybody.data ?? [];
  const save = useSaveCampaign(process.id, campaign);
  const [name, setName] = useState(campaign?.name ?? '');
  const [members, setMembers] = useState(campaign?.members ?? []);
  useUnsaved({ name, members }, save.isPending || save.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(save.error, ['name', 'members']);
  const people = new Set([...process.supervisors, ...process.agents]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { name, members },
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
        {elsewhere && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? onLoadAgain : undefined}
          />
        )}
        <ListsProblem lists={[everybody]} />
        <TextInput
          label={t('calling.campaigns.name')}
          value={name}
          maxLength={200}
          error={errorOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          data-autofocus
        />
        <PeopleSelect
          label={t('settings.teams.members')}
          description={t('calling.campaigns.membersText')}
          users={users.filter((user) => people.has(user.id))}
          value={members}
          error={errorOf('members')}
          onChange={setMembers}
        />
        <FormFooter
          submit={t(campaign ? 'common.save' : 'common.create')}
          loading={save.isPending}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}

function Content({ process }: { process: Process }) {
  const { t } = useTranslation();
  const campaigns = useCampaigns(process.id);
  const users = useUsers().data ?? [];
  const removal = useDeleteCampaign(process.id);
  const leave = useLeave();
  const form = useEdited(campaigns, (data) => data);
  const [removing, setRemoving] = useState<Campaign | null>(null);
  const nameOf = (id: number) => users.find((user) => user.id === id)?.name ?? `#${id}`;
  if (campaigns.error) {
    return <ProblemAlert error={campaigns.error} onRetry={() => void campaigns.refetch()} />;
  }
  if (campaigns.isPending) return <PageSkeleton />;
  if (form.opened) {
    return (
      <CampaignForm
        key={form.formKey}
        process={process}
        campaign={form.edited}
        onDone={form.close}
        onLoadAgain={form.loadAgain}
      />
    );
  }
  return (
    <Stack gap="sm">
      {campaigns.data.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('calling.campaigns.none')}
        </Text>
      ) : (
        <DataTable
          label={t('calling.campaigns.title', { name: process.name })}
          items={campaigns.data}
          rowKey={(campaign) => campaign.id}
          columns={[
            { key: 'name', label: t('calling.campaigns.name'), cell: (campaign) => campaign.name },
            {
              key: 'members',
              label: t('settings.teams.members'),
              cell: (campaign) => campaign.members.map(nameOf).join(', '),
            },
            {
              key: 'lists',
              label: t('settings.pages.leadLists'),
              numeric: true,
              width: 90,
              cell: (campaign) => campaign.lists,
            },
            {
              key: 'actions',
              label: '',
              width: 88,
              cell: (campaign) => (
                <RowButtons
                  edit={{ label: t('calling.edit', { name: campaign.name }), run: () => form.edit(campaign) }}
                  remove={{
                    label: t('calling.delete', { name: campaign.name }),
                    run: () => setRemoving(campaign),
                  }}
                />
              ),
            },
          ]}
        />
      )}
      <Group justify="flex-end">
        <Button leftSection={<IconPlus size={14} />} onClick={() => leave(() => form.add())}>
          {t('calling.campaigns.add')}
        </Button>
      </Group>
      <RemovalDialog
        what={removing?.id ?? null}
        removal={removal}
        title={t('calling.delete', { name: removing?.name ?? '' })}
        confirm={t('common.delete')}
        onClose={() => setRemoving(null)}
      >
        {t('calling.campaigns.deleteText')}
      </RemovalDialog>
    </Stack>
  );
}

/** The dialling campaigns of a process. */
export function CampaignsDialog({
  process,
  opened,
  onClose,
}: {
  process: Process;
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('calling.campaigns.title', { name: process.name })}
    >
      {opened && <Content process={process} />}
    </FormDialog>
  );
}
