import {
  IconActivity,
  IconAddressBook,
  IconArrowRightCircle,
  IconArrowsSplit,
  IconArrowsSplit2,
  IconBell,
  IconBolt,
  IconBriefcase,
  IconBrandWhatsapp,
  IconBuilding,
  IconCheckbox,
  IconCircle,
  IconCircleCheck,
  IconClock,
  IconCornerUpLeft,
  IconEdit,
  IconGitBranch,
  IconHourglass,
  IconList,
  IconListCheck,
  IconMail,
  IconMessage,
  IconPlayerStop,
  IconShare,
  IconShareOff,
  IconStar,
  IconStarOff,
  IconTag,
  IconTagOff,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { NodeKind } from '@/lib/bpmn/document';

type Icon = ComponentType<{ size?: number | string; stroke?: number | string }>;

/** The icons that descriptors of cards name. */
const NAMED: Record<string, Icon> = {
  activity: IconActivity,
  'address-book': IconAddressBook,
  'arrow-right-circle': IconArrowRightCircle,
  'arrows-split': IconArrowsSplit,
  'arrows-split-2': IconArrowsSplit2,
  bell: IconBell,
  briefcase: IconBriefcase,
  'brand-whatsapp': IconBrandWhatsapp,
  building: IconBuilding,
  checkbox: IconCheckbox,
  circle: IconCircle,
  'circle-check': IconCircleCheck,
  clock: IconClock,
  'corner-up-left': IconCornerUpLeft,
  edit: IconEdit,
  'git-branch': IconGitBranch,
  hourglass: IconHourglass,
  list: IconList,
  'list-check': IconListCheck,
  mail: IconMail,
  message: IconMessage,
  'player-stop': IconPlayerStop,
  share: IconShare,
  'share-off': IconShareOff,
  star: IconStar,
  'star-off': IconStarOff,
  tag: IconTag,
  'tag-off': IconTagOff,
  users: IconUsers,
  webhook: IconWebhook,
};

const OF_KIND: Record<NodeKind, Icon> = {
  start: IconBolt,
  end: IconCircle,
  gateway: IconArrowsSplit,
  parallel: IconArrowsSplit2,
  eventGateway: IconHourglass,
  card: IconCircle,
  wait: IconClock,
  event: IconHourglass,
  other: IconCircle,
};

/** The icon of a card, or that of what it is. */
export function iconOf(name: string | null | undefined, kind: NodeKind): Icon {
  return NAMED[name ?? ''] ?? OF_KIND[kind];
}
