import { Button, Code, CopyButton, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCheck, IconCode, IconCopy, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { FormDialog } from '@/components/FormDialog';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { useUnsaved } from '@/components/unsaved';
import { formatNumber } from '@/lib/format';
import { codeOf, useAddWebsite, useRemoveWebsite, useWebsites, type Website } from './websites';

function SiteForm({ onDone }: { onDone: (made: Website | null) => void }) {
  const { t } = useTranslation();
  const add = useAddWebsite();
  const [domain, setDomain] = useState('');
  useUnsaved(domain, add.isPending || add.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(add.error, ['domain']);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(domain.trim(), { onSuccess: onDone });
      }}
    >
      <Stack gap="sm">
        {elsewhere && <ProblemAlert error={add.error} />}
        <TextInput
          label={t('score.sites.domain')}
          description={t('score.sites.domainText')}
          placeholder="example.com"
          value={domain}
          error={errorOf('domain')}
          maxLength={253}
          required
          data-autofocus
          onChange={(event) => setDomain(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => onDone(null)}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={domain.trim() === ''}>
            {t('common.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function CodeOf({ site }: { site: Website }) {
  const { t } = useTranslation();
  const code = codeOf(site, window.location.origin);
  return (
    <Stack gap="sm">
      <Text size="sm">{t('score.sites.paste', { domain: site.domain })}</Text>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {code}
      </Code>
      <Group justify="space-between">
        <Text size="xs" c="dimmed" maw={360}>
          {t('score.sites.cookie')}
        </Text>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} onClick={copy}>
              {t(copied ? 'score.sites.copied' : 'score.sites.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}

/** The websites whose visits earn points (LEAD-153 to LEAD-156). */
export function Websites() {
  const { t } = useTranslation();
  const sites = useWebsites();
  const remove = useRemoveWebsite();
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<Website | null>(null);
  const [gone, setGone] = useState<Website | null>(null);
  return (
    <section aria-label={t('score.sites.title')}>
      <Group justify="space-between" align="start" mb="xs">
        <div>
          <Title order={3}>{t('score.sites.title')}</Title>
          <Text size="sm" c="dimmed" maw={560}>
            {t('score.sites.text')}
          </Text>
        </div>
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
          {t('score.sites.add')}
        </Button>
      </Group>
      {sites.error && !sites.data ? (
        <ProblemAlert error={sites.error} onRetry={() => void sites.refetch()} />
      ) : !sites.data ? (
        <PageSkeleton rows={2} />
      ) : sites.data.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('score.sites.none')}
        </Text>
      ) : (
        <DataTable
          label={t('score.sites.title')}
          items={sites.data}
          rowKey={(site) => site.id}
          columns={[
            { key: 'domain', label: t('score.sites.domain'), cell: (site) => site.domain },
            {
              key: 'visitors',
              label: t('score.sites.visitors'),
              width: 190,
              cell: (site) =>
                t('score.sites.knownOf', {
                  known: formatNumber(site.known),
                  visitors: formatNumber(site.visitors),
                }),
            },
            {
              key: 'views',
              label: t('score.sites.views'),
              width: 120,
              cell: (site) => formatNumber(site.views),
            },
            {
              key: 'last',
              label: t('score.sites.last'),
              width: 140,
              cell: (site) => (site.lastAt ? <Moment at={site.lastAt} /> : '–'),
            },
            {
              key: 'actions',
              label: '',
              width: 230,
              cell: (site) => (
                <Group gap={4} wrap="nowrap" justify="flex-end">
                  <Button
                    size="compact-sm"
                    variant="default"
                    leftSection={<IconCode size={14} />}
                    aria-label={t('score.sites.codeOf', { domain: site.domain })}
                    onClick={() => setShown(site)}
                  >
                    {t('score.sites.code')}
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="red"
                    aria-label={t('score.sites.removeOf', { domain: site.domain })}
                    onClick={() => setGone(site)}
                  >
                    {t('common.remove')}
                  </Button>
                </Group>
              ),
            },
          ]}
        />
      )}
      <FormDialog opened={adding} onClose={() => setAdding(false)} title={t('score.sites.add')}>
        {adding && (
          <SiteForm
            onDone={(made) => {
              setAdding(false);
              setShown(made);
            }}
          />
        )}
      </FormDialog>
      <FormDialog opened={shown !== null} onClose={() => setShown(null)} title={t('score.sites.codeTitle')}>
        {shown && <CodeOf site={shown} />}
      </FormDialog>
      <RemovalDialog
        what={gone === null ? null : gone.id}
        removal={remove}
        title={t('score.sites.removeTitle', { domain: gone?.domain ?? '' })}
        confirm={t('common.remove')}
        onClose={() => setGone(null)}
      >
        {t('score.sites.removeText')}
      </RemovalDialog>
    </section>
  );
}
