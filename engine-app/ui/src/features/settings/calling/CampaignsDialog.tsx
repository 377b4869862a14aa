import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
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
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t(campaign ? 'common.save' : 'common.create')}
          </Button>
        </Group>
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
  const [editing, setEditing] = useState<Campaign | 'new' | null>(null);
  const [removing, setRemoving] = useState<Campaign | null>(null);
  const nameOf = (id: number) => users.find((user) => user.id === id)?.name ?? `#${id}`;
  const loadAgain = async () => {
    const present = await campaigns.refetch();
    const edited = editing;
    if (!present.isSuccess || edited === null || edited === 'new') return;
    setEditing(present.data.find((campaign) => campaign.id === edited.id) ?? null);
  };
  if (campaigns.error) {
    return <ProblemAlert error={campaigns.error} onRetry={() => void campaigns.refetch()} />;
  }
  if (campaigns.isPending) return <PageSkeleton />;
  if (editing) {
    return (
      <CampaignForm
        key={editing === 'new' ? editing : `${editing.id}/${editing.version}`}
        process={process}
        campaign={editing === 'new' ? undefined : editing}
        onDone={() => setEditing(null)}
        onLoadAgain={() => void loadAgain()}
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
                <Group gap={4} wrap="nowrap" justify="flex-end">
                  <ActionIcon
                    aria-label={t('calling.edit', { name: campaign.name })}
                    onClick={() => setEditing(campaign)}
                  >
                    <IconPencil size={16} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={t('calling.delete', { name: campaign.name })}
                    onClick={() => setRemoving(campaign)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              ),
            },
          ]}
        />
      )}
      <Group justify="flex-end">
        <Button leftSection={<IconPlus size={14} />} onClick={() => leave(() => setEditing('new'))}>
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
