import { ActionIcon, Indicator, Loader, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotices } from './api/notices';

const NoticeList = lazy(() => import('./NoticeList').then((module) => ({ default: module.NoticeList })));

/** How many notices are unread; opens the list of them. */
export function NoticesBell() {
  const { t } = useTranslation();
  const [opened, list] = useDisclosure(false);
  const unread = useNotices().data?.pages[0]?.unread ?? 0;
  const label = unread > 0 ? t('shell.noticesUnread', { count: unread }) : t('shell.notices');
  return (
    <Popover
      opened={opened}
      onChange={(open) => (open ? list.open() : list.close())}
      position="bottom-end"
      width="min(400px, calc(100vw - 24px))"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 80 }}
    >
      <Indicator
        label={unread > 99 ? '99+' : unread}
        size={16}
        offset={5}
        disabled={unread === 0}
        color="red"
        fz={10}
      >
        <Popover.Target>
          <ActionIcon aria-label={label} size={32} onClick={list.toggle}>
            <IconBell size={18} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0}>
        {opened && (
          <Suspense fallback={<Loader size="sm" m="md" />}>
            <NoticeList onClose={list.close} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
