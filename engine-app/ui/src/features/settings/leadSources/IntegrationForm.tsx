import { PasswordInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChoices } from '@/api/getChoices';
import { useUsers } from '@/api/getUsers';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { FormFooter } from '../components/FormFooter';
import {
  type Integration,
  isMeta,
  isOpen,
  isWebsite,
  KINDS,
  type Kind,
  useSaveIntegration,
  useSuggestions,
  wantedOf,
} from './api';

const KNOWN = ['update', 'keep', 'create'] as const;
const FIELDS = [
  'name',
  'kind',
  'source',
  'owner',
  'known',
  'thanks',
  'deliveryField',
  'page',
  'origins',
  'appSecret',
  'pageToken',
];

/** What an integration is called, what its leads carry, and what its provider asks for. */
export function IntegrationForm({
  one,
  onDone,
}: {
  one?: Integration;
  onDone: (saved: Integration | null) => void;
}) {
  const { t } = useTranslation();
  const sources = useChoices('source');
  const users = useUsers();
  const save = useSaveIntegration(one);
  const [wanted, setWanted] = useState(() =>
    one
      ? wantedOf(one)
      : {
          name: '',
          kind: 'form',
          source: null as number | null,
          owner: null as number | null,
          active: true,
          known: 'update',
          mapping: [],
          thanks: null,
          deliveryField: null,
          page: null,
          origins: [],
          appSecret: null,
          pageToken: null,
        },
  );
  const suggestions = useSuggestions(wanted.kind, one?.id);
  useUnsaved(wanted, save.isPending || save.isSuccess);
  // One of several websites is named as origins[1].
  const atOrigin = violationsOf(save.error).find(({ field }) => field.startsWith('origins['));
  const { errorOf, elsewhere } = fieldErrors(save.error, atOrigin ? [...FIELDS, atOrigin.field] : FIELDS);
  const originError = atOrigin
    ? t('leadSources.problemWith', {
        field: t('leadSources.origins'),
        value: String(atOrigin.value),
        expectation: atOrigin.expectation,
      })
    : errorOf('origins');
  const set = (part: Partial<typeof wanted>) => setWanted((before) => ({ ...before, ...part }));
  const lists = sources.error ?? users.error;
  if (lists) return <ProblemAlert error={lists} onRetry={() => void sources.refetch()} />;
  if (!sources.data || !users.data) return <PageSkeleton rows={4} />;
  const kind = wanted.kind;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // A new one starts with what its deliveries usually bring.
        const usual = (suggestions.data?.items ?? []).flatMap(({ outside, field }) =>
          field ? [{ outside, field }] : [],
        );
        save.mutate(one ? wanted : { ...wanted, mapping: usual }, {
          onSuccess: (saved) => {
            toast(t('common.saved'));
            onDone(saved);
          },
        });
      }}
    >
      <Stack gap="sm">
        {elsewhere && <ProblemAlert error={save.error} />}
        {!one && (
          <Select
            label={t('leadSources.kind')}
            description={t(`leadSources.about.${kind as Kind}`)}
            value={kind}
            allowDeselect={false}
            data={KINDS.map((value) => ({ value, label: t(`leadSources.kinds.${value}`) }))}
            onChange={(next) =>
              set({
                kind: next ?? 'form',
                thanks: null,
                deliveryField: null,
                page: null,
                origins: [],
                appSecret: null,
                pageToken: null,
              })
            }
            error={errorOf('kind')}
            data-autofocus
          />
        )}
        <TextInput
          label={t('common.name')}
          description={t('leadSources.nameText')}
          value={wanted.name}
          maxLength={100}
          required
          error={errorOf('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label={t('leadSources.source')}
          description={t('leadSources.sourceText')}
          value={wanted.source === null ? null : String(wanted.source)}
          data={sources.data.map(({ id, label }) => ({ value: String(id), label }))}
          onChange={(next) => set({ source: next === null ? null : Number(next) })}
          searchable
          required
          allowDeselect={false}
          error={errorOf('source')}
        />
        <Select
          label={t('leadSources.owner')}
          description={t('leadSources.ownerText')}
          placeholder={t('leadSources.nobody')}
          value={wanted.owner === null ? null : String(wanted.owner)}
          data={users.data
            .filter((user) => user.active !== false || user.id === wanted.owner)
            .map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(next) => set({ owner: next === null ? null : Number(next) })}
          searchable
          clearable
          error={errorOf('owner')}
        />
        <Select
          label={t('leadSources.known')}
          value={wanted.known}
          allowDeselect={false}
          data={KNOWN.map((value) => ({ value, label: t(`leadSources.knownAs.${value}`) }))}
          onChange={(next) => set({ known: next ?? 'update' })}
          error={errorOf('known')}
        />
        {kind === 'form' && (
          <TextInput
            label={t('leadSources.thanks')}
            description={t('leadSources.thanksText')}
            placeholder="https://www.example.com/thank-you"
            value={wanted.thanks ?? ''}
            maxLength={500}
            error={errorOf('thanks')}
            onChange={(event) => set({ thanks: event.currentTarget.value || null })}
          />
        )}
        {isOpen(kind) && (
          <TextInput
            label={t('leadSources.deliveryField')}
            description={t('leadSources.deliveryFieldText')}
            value={wanted.deliveryField ?? ''}
            maxLength={200}
            error={errorOf('deliveryField')}
            onChange={(event) => set({ deliveryField: event.currentTarget.value || null })}
          />
        )}
        {isWebsite(kind) && (
          <TagsInput
            label={t('leadSources.origins')}
            description={t('leadSources.originsText')}
            placeholder={wanted.origins.length === 0 ? 'https://www.example.com' : undefined}
            value={wanted.origins}
            maxTags={20}
            splitChars={[',', ' ']}
            acceptValueOnBlur
            error={originError}
            onChange={(origins) => set({ origins })}
          />
        )}
        {isMeta(kind) && (
          <>
            <TextInput
              label={t('leadSources.page')}
              description={t('leadSources.pageText')}
              value={wanted.page ?? ''}
              maxLength={40}
              error={errorOf('page')}
              onChange={(event) => set({ page: event.currentTarget.value || null })}
            />
            <PasswordInput
              label={t('leadSources.appSecret')}
              description={t(one?.appSecretSet ? 'leadSources.staysText' : 'leadSources.appSecretText')}
              value={wanted.appSecret ?? ''}
              autoComplete="off"
              error={errorOf('appSecret')}
              onChange={(event) => set({ appSecret: event.currentTarget.value || null })}
            />
            <PasswordInput
              label={t('leadSources.pageToken')}
              description={t(one?.pageTokenSet ? 'leadSources.staysText' : 'leadSources.pageTokenText')}
              value={wanted.pageToken ?? ''}
              autoComplete="off"
              error={errorOf('pageToken')}
              onChange={(event) => set({ pageToken: event.currentTarget.value || null })}
            />
          </>
        )}
        <FormFooter
          submit={t(one ? 'common.save' : 'common.add')}
          loading={save.isPending}
          disabled={wanted.name.trim() === '' || wanted.source === null || (!one && suggestions.isPending)}
          onCancel={() => onDone(null)}
        />
      </Stack>
    </form>
  );
}
