import {
  IconAddressBook,
  IconBuilding,
  IconChecklist,
  IconFileImport,
  IconHome,
  IconInbox,
  IconListDetails,
  IconRoute,
  IconSend,
  IconSettings,
  IconTrash,
  IconUserSearch,
} from '@tabler/icons-react';

/** The places of the application, in the order of the navigation. */
export const PLACES = [
  { to: '/', key: 'home', icon: IconHome, group: 'work' },
  { to: '/leads', key: 'leads', icon: IconUserSearch, group: 'work' },
  { to: '/contacts', key: 'contacts', icon: IconAddressBook, group: 'work' },
  { to: '/accounts', key: 'accounts', icon: IconBuilding, group: 'work' },
  {
    to: '/tasks',
    href: '/tasks?filter=status%20%3D%20%22pending%22',
    key: 'tasks',
    icon: IconChecklist,
    group: 'work',
  },
  { to: '/lists', key: 'lists', icon: IconListDetails, group: 'work' },
  { to: '/automations', key: 'automations', icon: IconRoute, group: 'engine' },
  { to: '/imports', key: 'imports', icon: IconFileImport, group: 'engine' },
  { to: '/mailbox', key: 'mailbox', icon: IconInbox, group: 'engine' },
  { to: '/deliveries', key: 'deliveries', icon: IconSend, group: 'engine' },
  { to: '/trash', key: 'trash', icon: IconTrash, group: 'settings' },
  { to: '/settings', key: 'settings', icon: IconSettings, group: 'settings' },
] as const;
