import { Button, Code, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import {
  useRemoveWebhookSecret,
  useSetWebhookSecret,
  useWebhookSecrets,
  type WebhookSecret,
} from '@/api/webhookSecrets';
import { Section } from './Section';
import { FormFooter } from './FormFooter';

/** 256 random bits, to be copied into the receiving program. */
function made(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function SecretForm({ replaced, onDone }: { replaced: WebhookSecret | undefined; onDone: () => void }) {
  const { t } = useTranslation();
  const save = useSetWebhookSecret();
  const [name, setName] = useState(replaced?.name ?? '');
  const [value, setValue] = useState('');
  useUnsaved({ name, value }, save.isPending || save.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(save.error, ['name', 'value']);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { name: name.trim(), value },
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
        {elsewhere && <ProblemAlert error={save.error} />}
        <TextInput
          label={t('common.name')}
          description={t('settings.secrets.nameText')}
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
          disabled={replaced !== undefined}
          required
          data-autofocus={replaced ? undefined : true}
        />
        <TextInput
          label={t('settings.secrets.value')}
          description={t('settings.secrets.valueText')}
          value={value}
          error={errorOf('value')}
          onChange={(event) => setValue(event.currentTarget.value)}
          required
          minLength={16}
          autoComplete="off"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          data-autofocus={replaced ? true : undefined}
        />
        <Group gap="xs">
          <Button variant="default" onClick={() => setValue(made())}>
            {t('settings.secrets.make')}
          </Button>
          <CopyButton value={value}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} disabled={!value}>
                {t(copied ? 'common.copied' : 'common.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
        <FormFooter submit={t('common.save')} loading={save.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}

/** The secrets by which receivers know that a webhook comes from here. */
export function WebhookSecretsPage() {
  const { t } = useTranslation();
  const secrets = useWebhookSecrets();
  const remove = useRemoveWebhookSecret();
  const [editing, setEditing] = useState<WebhookSecret | 'new' | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const mayEdit = useMay('settings', 'edit');
  const add = mayEdit && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
      {t('settings.secrets.add')}
    </Button>
  );
  return (
    <Section
      title={t('settings.pages.secrets')}
      text={t('settings.secrets.what')}
      action={(secrets.data?.length ?? 0) > 0 && add}
    >
      {secrets.error ? (
        <ProblemAlert error={secrets.error} onRetry={() => void secrets.refetch()} />
      ) : secrets.isPending ? (
        <PageSkeleton rows={3} />
      ) : secrets.data.length === 0 ? (
        <EmptyState icon={IconKey} title={t('settings.secrets.empty')} text={t('settings.secrets.emptyText')}>
          {add}
        </EmptyState>
      ) : (
        <>
          <DataTable
            label={t('settings.pages.secrets')}
            items={secrets.data}
            rowKey={(secret) => secret.name}
            columns={[
              { key: 'name', label: t('common.name'), cell: (secret) => <code>{secret.name}</code> },
              {
                key: 'created',
                label: t('deliveries.created'),
                width: 150,
                cell: (secret) => <Moment at={secret.createdAt} />,
              },
              {
                key: 'changed',
                label: t('automations.updated'),
                width: 150,
                cell: (secret) => <Moment at={secret.updatedAt} />,
              },
              {
                key: 'actions',
                label: '',
                width: 180,
                cell: (secret) =>
                  mayEdit && (
                    <Group gap={4} wrap="nowrap" justify="flex-end">
                      <Button variant="subtle" onClick={() => setEditing(secret)}>
                        {t('settings.secrets.replace')}
                      </Button>
                      <Button variant="subtle" color="red" onClick={() => setRemoving(secret.name)}>
                        {t('common.remove')}
                      </Button>
                    </Group>
                  ),
              },
            ]}
          />
          <Text size="xs" c="dimmed" mt="sm">
            <Trans i18nKey="settings.secrets.how" components={{ code: <Code fz="xs" /> }} />
          </Text>
        </>
      )}
      <FormDialog
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={
          editing === 'new' || editing === null
            ? t('settings.secrets.add')
            : t('settings.secrets.replaceOne', { name: editing.name })
        }
      >
        {editing !== null && (
          <SecretForm replaced={editing === 'new' ? undefined : editing} onDone={() => setEditing(null)} />
        )}
      </FormDialog>
      <RemovalDialog
        what={removing}
        removal={remove}
        title={t('settings.secrets.removeTitle', { name: removing ?? '' })}
        confirm={t('common.remove')}
        onClose={() => setRemoving(null)}
      >
        {t('settings.secrets.removeText')}
      </RemovalDialog>
    </Section>
  );
}
