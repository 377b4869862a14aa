import {
  Alert,
  Button,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mergeFieldOf, useCustomValues } from '@/api/customValues';
import { useFields } from '@/api/getSchema';
import { type Entity, type RecordData, singular, titleOf } from '@/api/records';
import { FormDialog, Unsaved } from '@/components/FormDialog';
import { HtmlFrame } from '@/components/HtmlFrame';
import { ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { SignatureBelow } from '../components/SignatureBelow';
import { type Channel, CHANNELS, obstacle, useChannels, usePreview, useSend } from './messages';

interface Props {
  entity: Entity;
  record: RecordData;
  /** The channel to begin with. */
  begin: Channel;
  onClose: () => void;
}

/** Writes an e-mail, SMS or WhatsApp message to a lead or contact (LEAD-102, ENG-092). */
export function MessageDialog({ entity, record, begin, onClose }: Props) {
  const { t } = useTranslation();
  const states = useChannels();
  const fields = useFields(entity).data ?? [];
  const values = useCustomValues().data ?? [];
  const [wanted, setChannel] = useState<Channel>(begin);
  const [subject, setSubject] = useState('');
  const [body, setBody] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  const preview = usePreview(entity, record.id);
  const send = useSend(entity, record.id);

  const why = (channel: Channel): string | undefined => {
    const missing = states.data?.find((state) => state.channel === channel)?.missing[0];
    if (missing) return t('messages.missing', { setting: missing.setting });
    const reason = obstacle(entity, record, channel);
    return reason && t(`messages.why.${reason}`);
  };
  const channel =
    why(wanted) === undefined ? wanted : (CHANNELS.find((one) => why(one) === undefined) ?? wanted);
  const closed = CHANNELS.flatMap((one) => {
    const reason = why(one);
    return reason === undefined ? [] : [{ channel: one, reason }];
  });
  const shownOnly = states.data?.find((state) => state.channel === channel)?.shown === true;
  const mail = channel === 'email';
  const ready = why(channel) === undefined && body.trim() !== '' && (!mail || subject.trim() !== '');
  const written = { channel, text: body, ...(mail && { subject: subject.trim() }) };

  const change = (act: () => void) => {
    act();
    preview.reset();
    send.reset();
  };
  const insert = (field: string) =>
    change(() => {
      const at = area.current?.selectionStart ?? body.length;
      setBody(body.slice(0, at) + field + body.slice(at));
    });
  const merges = [
    ...fields
      .filter((field) => !['recordLink', 'boolean'].includes(field.type))
      .map((field) => ({ value: `{{${singular(entity)}.${field.key}}}`, label: field.label })),
    { value: '{{owner.name}}', label: t('messages.ownerName') },
    ...values.map((value) => ({ value: mergeFieldOf(value), label: value.name })),
  ];

  return (
    <FormDialog
      opened
      onClose={() => {
        if (!send.isPending) onClose();
      }}
      title={t('messages.title', { name: titleOf(entity, record) })}
      size="lg"
    >
      <Unsaved values={{ subject, body }} settled={send.isPending || send.isSuccess} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready || send.isPending) return;
          send.mutate(written, {
            onSuccess: () => {
              toast(t(`messages.sent.${channel}`));
              onClose();
            },
          });
        }}
      >
        <Stack gap="sm">
          <SegmentedControl
            aria-label={t('messages.channel')}
            fullWidth
            value={channel}
            onChange={(next) => change(() => setChannel(CHANNELS.find((one) => one === next) ?? 'email'))}
            data={CHANNELS.map((one) => ({
              value: one,
              label: t(`deliveries.channels.${one}`),
              disabled: why(one) !== undefined,
            }))}
          />
          {closed.map(({ channel: one, reason }) => (
            <Text key={one} size="xs" c="dimmed">
              {t(`deliveries.channels.${one}`)}: {reason}
            </Text>
          ))}
          {shownOnly && (
            <Text size="xs" c="dimmed">
              {t('messages.shownOnly')}
            </Text>
          )}
          {mail && (
            <TextInput
              label={t('bulk.subject')}
              value={subject}
              maxLength={500}
              required
              data-autofocus
              onChange={(event) => {
                const { value } = event.currentTarget;
                change(() => setSubject(value));
              }}
            />
          )}
          <Textarea
            ref={area}
            label={t('bulk.text')}
            autosize
            minRows={mail ? 6 : 3}
            maxRows={14}
            value={body}
            required
            {...(!mail && { 'data-autofocus': true })}
            onChange={(event) => {
              const { value } = event.currentTarget;
              change(() => setBody(value));
            }}
          />
          <Select
            label={t('messages.merge')}
            placeholder={t('messages.mergeText')}
            data={merges}
            value={null}
            searchable
            onChange={(field) => {
              if (field) insert(field);
            }}
          />
          {mail && <SignatureBelow />}
          {preview.data && (
            <section aria-label={t('messages.preview')}>
              {preview.data.refusal ? (
                <Alert p="xs" color="yellow">
                  {preview.data.refusal}
                </Alert>
              ) : (
                <Stack gap={4}>
                  <Text size="xs" c="dimmed">
                    {t('messages.previewTo', { to: preview.data.to ?? t('messages.hidden') })}
                  </Text>
                  {preview.data.subject && (
                    <Text size="sm" fw={600}>
                      {preview.data.subject}
                    </Text>
                  )}
                  {preview.data.html ? (
                    <HtmlFrame title={t('messages.preview')} html={preview.data.html} height={200} />
                  ) : (
                    <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                      {preview.data.text}
                    </Text>
                  )}
                </Stack>
              )}
            </section>
          )}
          {(send.error ?? preview.error) && <ProblemAlert error={send.error ?? preview.error} />}
          <Group justify="end" gap="xs">
            <Button
              variant="default"
              disabled={!ready}
              loading={preview.isPending}
              onClick={() => preview.mutate(written)}
            >
              {t('messages.preview')}
            </Button>
            <Button type="submit" disabled={!ready} loading={send.isPending}>
              {t('messages.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </FormDialog>
  );
}
