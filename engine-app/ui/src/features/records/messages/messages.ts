import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import * as z from 'zod/mini';
import { type Entity, type RecordData, singular, text } from '@/api/records';
import { call, get, Problem } from '@/lib/http';

/** The ways in which people write to a lead or contact. */
export const CHANNELS = ['email', 'sms', 'whatsapp'] as const;
export type Channel = (typeof CHANNELS)[number];

const channelsSchema = z.array(
  z.looseObject({
    channel: z.string(),
    ready: z.boolean(),
    /** Whether its messages are shown in the Mailbox and not sent. */
    shown: z.boolean(),
    missing: z.array(z.looseObject({ setting: z.string(), expectation: z.string() })),
  }),
);
export type ChannelStates = z.infer<typeof channelsSchema>;

/** Which channels can be used, and which settings the others lack (LEAD-102). */
export function useChannels(enabled = true) {
  return useQuery({
    queryKey: ['message-channels'],
    queryFn: () => get(channelsSchema, '/message-channels'),
    staleTime: 60_000,
    enabled,
  });
}

/** Why somebody cannot be reached by a channel, as far as the page knows; undefined when nothing speaks against it. */
export function obstacle(
  entity: Entity,
  record: RecordData,
  channel: Channel,
): 'noEmail' | 'noPhone' | 'doNotEmail' | 'doNotText' | undefined {
  const mail = channel === 'email';
  if (record.values[mail ? 'doNotEmail' : 'doNotText'] === true) return mail ? 'doNotEmail' : 'doNotText';
  // The contact of a lead may have what the lead lacks: the server knows.
  const elsewhere = entity === 'leads' && typeof record.values['contact'] === 'number';
  if (!elsewhere && text(record, mail ? 'email' : 'phone') === '') return mail ? 'noEmail' : 'noPhone';
  return undefined;
}

export interface Written {
  channel: Channel;
  subject?: string;
  text: string;
}

const shownSchema = z.looseObject({
  to: z.nullish(z.string()),
  subject: z.nullish(z.string()),
  text: z.string(),
  html: z.nullish(z.string()),
  refusal: z.nullish(z.string()),
});

/** The message as it would go out. */
export function usePreview(entity: Entity, id: number) {
  return useMutation({
    mutationFn: (written: Written) => call('POST', shownSchema, `/${entity}/${id}/messages/preview`, written),
  });
}

const sentSchema = z.looseObject({ channel: z.string() });

/** Sends a message. The same message goes out once, also when it is sent again because no answer came. */
export function useSend(entity: Entity, id: number) {
  const client = useQueryClient();
  const sent = useRef<{ text: string; once: string } | null>(null);
  return useMutation({
    mutationFn: async (written: Written) => {
      const text = JSON.stringify(written);
      const { once } = sent.current?.text === text ? sent.current : { once: crypto.randomUUID() };
      sent.current = { text, once };
      try {
        return await call('POST', sentSchema, `/${entity}/${id}/messages`, written, undefined, once);
      } catch (error) {
        if (error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 409) {
          sent.current = null;
        }
        throw error;
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: [singular(entity)] }),
  });
}
