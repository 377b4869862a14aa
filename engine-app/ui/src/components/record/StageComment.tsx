import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog, Unsaved } from '@/components/FormDialog';

interface Props {
  from: string;
  to: string;
  onClose: () => void;
  onSave: (comment: string) => void;
}

/** Asks why a lead comes into another stage; nobody has to say. */
export function StageComment({ from, to, onClose, onSave }: Props) {
  const { t } = useTranslation();
  const [comment, setComment] = useState('');
  return (
    <FormDialog opened onClose={onClose} title={t('leadSettings.comment.title', { from, to })}>
      <Unsaved values={comment} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSave(comment.trim());
        }}
      >
        <Stack gap="md">
          <Textarea
            label={t('leadSettings.comment.label')}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={2000}
            value={comment}
            data-autofocus
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit">{t('leadSettings.comment.save')}</Button>
          </Group>
        </Stack>
      </form>
    </FormDialog>
  );
}
