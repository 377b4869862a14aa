import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconHourglass,
  IconLock,
  IconMail,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Status.module.css';

type Tone = 'good' | 'bad' | 'warn' | 'info' | 'plain';

const STATES: Record<string, { tone: Tone; icon: ComponentType<{ size?: number }> }> = {
  running: { tone: 'info', icon: IconPlayerPlay },
  waiting: { tone: 'warn', icon: IconHourglass },
  done: { tone: 'good', icon: IconCheck },
  taken: { tone: 'good', icon: IconCheck },
  failed: { tone: 'bad', icon: IconAlertTriangle },
  skipped: { tone: 'plain', icon: IconPlayerSkipForward },
  stopped: { tone: 'plain', icon: IconPlayerStop },
  cancelled: { tone: 'plain', icon: IconBan },
  notstarted: { tone: 'plain', icon: IconCircleDashed },
  processing: { tone: 'warn', icon: IconHourglass },
  'in-progress': { tone: 'info', icon: IconPlayerPlay },
  complete: { tone: 'good', icon: IconCheck },
  canceled: { tone: 'plain', icon: IconBan },
  prepared: { tone: 'warn', icon: IconPencil },
  checking: { tone: 'info', icon: IconHourglass },
  checked: { tone: 'warn', icon: IconCheck },
  refused: { tone: 'bad', icon: IconAlertTriangle },
  draft: { tone: 'plain', icon: IconPencil },
  published: { tone: 'good', icon: IconPlayerPlay },
  paused: { tone: 'warn', icon: IconPlayerPause },
  unpublished: { tone: 'plain', icon: IconPlayerStop },
  pending: { tone: 'warn', icon: IconHourglass },
  sending: { tone: 'info', icon: IconPlayerPlay },
  queued: { tone: 'info', icon: IconHourglass },
  delivered: { tone: 'good', icon: IconCheck },
  sent: { tone: 'good', icon: IconCheck },
  completed: { tone: 'good', icon: IconCheck },
  retry: { tone: 'warn', icon: IconHourglass },
  active: { tone: 'good', icon: IconCheck },
  invited: { tone: 'info', icon: IconMail },
  invitationfailed: { tone: 'bad', icon: IconAlertTriangle },
  notinvited: { tone: 'warn', icon: IconMail },
  locked: { tone: 'bad', icon: IconLock },
  inactive: { tone: 'plain', icon: IconBan },
  created: { tone: 'good', icon: IconCheck },
  updated: { tone: 'info', icon: IconPencil },
  unchanged: { tone: 'plain', icon: IconCircleDashed },
  expired: { tone: 'plain', icon: IconHourglass },
  revoked: { tone: 'plain', icon: IconBan },
  dead: { tone: 'bad', icon: IconAlertTriangle },
};

/** A state by word, icon and colour, never by colour alone. */
export function Status({ state }: { state: string }) {
  const { t, i18n } = useTranslation();
  const key = state.toLowerCase();
  const { tone, icon: Icon } = STATES[key] ?? { tone: 'plain' as const, icon: IconCircleDashed };
  const label = i18n.exists(`states.${key}`) ? t(`states.${key}` as 'states.done') : state;
  return (
    <Badge className={classes.status} data-tone={tone} leftSection={<Icon size={12} />} component="span">
      {label}
    </Badge>
  );
}
