import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconPhoto, IconTrash, IconUpload } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText, violationsOf } from './ProblemAlert';
import { RemovalDialog } from './RemovalDialog';

const MOST_BYTES = 2 * 1024 * 1024;

interface Props {
  /** What the picture is, for those who do not see it. */
  label: string;
  /** The picture as it is now. */
  preview: ReactNode;
  present: boolean;
  error: unknown;
  busy: boolean;
  /** What is asked before it is removed. */
  question: { title: string; text: string };
  onPick: (file: File) => void;
  onRemove: () => void;
}

/** A logo or a photo: shown, replaced, removed. It takes effect at once, as there is nothing to fill in; removing asks. */
export function PictureInput({ label, preview, present, error, busy, question, onPick, onRemove }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const forget = useRef<() => void>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const [asked, setAsked] = useState(false);
  const expected = violationsOf(error)[0]?.expectation;
  const problem = tooLarge
    ? t('picture.tooLarge')
    : error
      ? expected
        ? t('picture.refused', { expected })
        : problemText(error)
      : null;
  return (
    <Group gap="md" wrap="nowrap" align="center">
      {preview}
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Group gap="xs">
          <FileButton
            accept="image/png,image/jpeg,image/svg+xml"
            resetRef={forget}
            inputProps={{ 'aria-label': label }}
            onChange={(file) => {
              // A browser tells of the same file a second time only when it has forgotten the first.
              forget.current?.();
              if (!file) return;
              setTooLarge(file.size > MOST_BYTES);
              if (file.size <= MOST_BYTES) onPick(file);
            }}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                leftSection={present ? <IconPhoto size={14} /> : <IconUpload size={14} />}
                loading={busy}
              >
                {t(present ? 'picture.replace' : 'picture.upload')}
              </Button>
            )}
          </FileButton>
          {present && (
            <Button
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={14} />}
              onClick={() => {
                setTooLarge(false);
                setAsked(true);
              }}
              disabled={busy}
            >
              {t('common.remove')}
            </Button>
          )}
        </Group>
        <Text size="xs" c={problem ? 'red' : 'dimmed'} role={problem ? 'alert' : undefined}>
          {problem ?? t('picture.form')}
        </Text>
      </Stack>
      <RemovalDialog
        what={asked || null}
        removal={{
          isPending: false,
          // How it went stands at the picture.
          mutate: (_, then) => {
            onRemove();
            then.onSuccess();
          },
        }}
        title={question.title}
        confirm={t('common.remove')}
        onClose={() => setAsked(false)}
      >
        {question.text}
      </RemovalDialog>
    </Group>
  );
}
