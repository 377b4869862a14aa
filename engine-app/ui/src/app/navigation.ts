import {
  IconAddressBook,
  IconBuilding,
  IconCalendarTime,
  IconChecklist,
  IconCopyCheck,
  IconFileImport,
  IconHome,
  IconInbox,
  IconListDetails,
  IconRoute,
  IconSend,
  IconSettings,
  IconStack2,
  IconTargetArrow,
  IconTrash,
  IconUserSearch,
} from '@tabler/icons-react';
import { isOn, type Switches } from '@/api/features';
import { allows, type Rights } from '@/api/rights';

/** The places of the application, in the order of the navigation. */
export const PLACES = [
  { to: '/', key: 'home', icon: IconHome, group: 'work' },
  { to: '/leads', key: 'leads', icon: IconUserSearch, group: 'work', section: 'lead' },
  { to: '/contacts', key: 'contacts', icon: IconAddressBook, group: 'work', section: 'contact' },
  { to: '/accounts', key: 'accounts', icon: IconBuilding, group: 'work', section: 'account' },
  {
    to: '/opportunities',
    key: 'opportunities',
    icon: IconTargetArrow,
    group: 'work',
    section: 'opportunity',
  },
  { to: '/follow-ups', key: 'followUps', icon: IconCalendarTime, group: 'work', section: 'task' },
  {
    to: '/tasks',
    href: '/tasks?filter=status%20%3D%20%22pending%22',
    key: 'tasks',
    icon: IconChecklist,
    group: 'work',
    section: 'task',
  },
  { to: '/lists', key: 'lists', icon: IconListDetails, group: 'work', section: 'list' },
  { to: '/automations', key: 'automations', icon: IconRoute, group: 'engine', section: 'automations' },
  {
    to: '/imports',
    key: 'imports',
    icon: IconFileImport,
    group: 'engine',
    section: 'imports',
    feature: 'imports',
  },
  { to: '/jobs', key: 'jobs', icon: IconStack2, group: 'engine' },
  {
    to: '/mailbox',
    key: 'mailbox',
    icon: IconInbox,
    group: 'engine',
    section: 'deliveries',
    feature: 'mailbox',
  },
  { to: '/deliveries', key: 'deliveries', icon: IconSend, group: 'engine', section: 'deliveries' },
  { to: '/duplicates', key: 'duplicates', icon: IconCopyCheck, group: 'engine', section: 'lead' },
  { to: '/trash', key: 'trash', icon: IconTrash, group: 'settings' },
  { to: '/settings', key: 'settings', icon: IconSettings, group: 'settings' },
] as const;

/** The places that somebody with these rights can open, of what is switched on. */
export function placesFor(rights: Rights | undefined, switches: Switches | undefined) {
  return PLACES.filter(
    (place) =>
      (!('section' in place) || allows(rights, place.section, 'view')) &&
      (!('feature' in place) || isOn(switches, place.feature)),
  );
}
