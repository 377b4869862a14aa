import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readDocument } from '@/lib/bpmn/document';

interface Props {
  bpmn: string;
  onTake: (bpmn: string) => void;
  onClose: () => void;
}

/** The document as text, for what the forms do not cover. */
export function SourceDialog({ bpmn, onTake, onClose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(bpmn);
  const readable = readDocument(text) !== undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('editor.asText')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        <Textarea
          aria-label={t('editor.asText')}
          autosize
          minRows={12}
          maxRows={26}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
          error={readable ? undefined : t('editor.notBpmn', { why: '' })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            disabled={!readable}
            onClick={() => {
              onTake(text);
              onClose();
            }}
          >
            {t('editor.take')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
