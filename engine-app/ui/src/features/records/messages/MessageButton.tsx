import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconBrandWhatsapp, IconMail, IconMessage, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Entity, type RecordData, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { type Channel, CHANNELS, obstacle, useChannels } from './messages';

const ICONS = { email: IconMail, sms: IconMessage, whatsapp: IconBrandWhatsapp };

/** The messages that can be sent from a row; a channel that cannot be used says why (LEAD-102). */
export function MessageButton({
  entity,
  record,
  onOpen,
}: {
  entity: Entity;
  record: RecordData;
  onOpen: (channel: Channel) => void;
}) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const states = useChannels(asked);
  const mayEdit = useMayWith(entity, 'edit', record);
  if (!mayEdit || record.trashedAt != null) return null;
  const why = (channel: Channel) => {
    const missing = states.data?.find((state) => state.channel === channel)?.missing[0];
    if (missing) return t('messages.missing', { setting: missing.setting });
    const reason = obstacle(entity, record, channel);
    return reason && t(`messages.why.${reason}`);
  };
  const label = t('messages.title', { name: titleOf(entity, record) });
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 80 }} onOpen={() => setAsked(true)}>
      <Menu.Target>
        <Tooltip label={label}>
          <ActionIcon aria-label={label}>
            <IconSend size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {CHANNELS.map((channel) => {
          const Icon = ICONS[channel];
          const reason = why(channel);
          return (
            <Menu.Item
              key={channel}
              leftSection={<Icon size={16} />}
              disabled={reason !== undefined}
              onClick={() => onOpen(channel)}
            >
              {t(`deliveries.channels.${channel}`)}
              {reason && ` · ${reason}`}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
