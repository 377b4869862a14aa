import { Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { type Tag, useSaveTag } from '../api/tags';
import { FormFooter } from '../components/FormFooter';

/** Asks for the name of a new tag, or for another one. */
export function TagForm({ tag, onDone }: { tag: Tag | null; onDone: () => void }) {
  const { t } = useTranslation();
  const save = useSaveTag();
  const [name, setName] = useState(tag?.name ?? '');
  useUnsaved({ name }, save.isPending || save.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(save.error, ['name']);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { id: tag?.id ?? null, name: name.trim() },
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
          description={tag ? t('settings.tags.renameText') : undefined}
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          required
          data-autofocus
        />
        <FormFooter
          submit={t(tag ? 'common.save' : 'common.add')}
          loading={save.isPending}
          disabled={!name.trim() || name.trim() === tag?.name}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}
