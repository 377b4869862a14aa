import { Box, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { plural } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { type Notice, useNotices, useReadNotices } from './api/notices';
import classes from './NoticeList.module.css';

/** Where a notice leads: to its record, else to the run or automation that it is about. */
function placeOf({ ref, runId, place }: Notice): string | undefined {
  if (place) return place;
  const [kind = '', id = ''] = ref?.split('/') ?? [];
  if (kind === 'automation') return runId == null ? `/automations/${id}` : `/runs/${runId}`;
  const entity = plural(kind);
  if (entity && entity !== 'activities' && entity !== 'notes') return `/${entity}/${id}`;
  return runId == null ? undefined : `/runs/${runId}`;
}

function NoticeLine({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const { t } = useTranslation();
  const place = placeOf(notice);
  const content = (
    <>
      <span className={classes.head}>
        {!notice.read && <span className={classes.dot} role="img" aria-label={t('notices.unread')} />}
        <span className={classes.title}>{notice.title}</span>
        <Text span size="xs" c="dimmed" style={{ flex: 'none' }}>
          <Moment at={notice.at} />
        </Text>
      </span>
      {notice.text && <span className={classes.text}>{notice.text}</span>}
      {notice.recordName && <span className={classes.record}>{notice.recordName}</span>}
    </>
  );
  return (
    <li>
      {place ? (
        <AppLink
          href={place}
          className={classes.notice}
          data-unread={!notice.read || undefined}
          onClick={onOpen}
        >
          {content}
        </AppLink>
      ) : (
        <button
          type="button"
          className={classes.notice}
          data-unread={!notice.read || undefined}
          onClick={onOpen}
        >
          {content}
        </button>
      )}
    </li>
  );
}

/** The notices of the reader; opening one ticks it off. */
export function NoticeList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const notices = useNotices();
  const read = useReadNotices();
  const items = notices.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = notices.data?.pages[0]?.unread ?? 0;
  const tick = (which: Parameters<typeof read.mutate>[0]) =>
    read.mutate(which, { onError: (error) => toast(problemText(error), { kind: 'bad' }) });
  return (
    <section aria-label={t('shell.notices')}>
      <Group justify="space-between" px="sm" py={6} mih={44} className={classes.bar}>
        <Title order={2}>{t('shell.notices')}</Title>
        {unread > 0 && (
          <Button variant="subtle" loading={read.isPending} onClick={() => tick({ all: true })}>
            {t('notices.readAll')}
          </Button>
        )}
      </Group>
      {notices.error && items.length === 0 ? (
        <ProblemAlert error={notices.error} m="sm" onRetry={() => void notices.refetch()} />
      ) : notices.isPending ? (
        <Stack gap="xs" p="sm" role="status" aria-label={t('common.loading')}>
          <Skeleton h={48} />
          <Skeleton h={48} />
        </Stack>
      ) : items.length === 0 ? (
        <EmptyState icon={IconBell} title={t('notices.empty')} text={t('notices.emptyText')} />
      ) : (
        <div className={classes.scroller}>
          <ul className={classes.list}>
            {items.map((notice) => (
              <NoticeLine
                key={notice.id}
                notice={notice}
                onOpen={() => {
                  if (!notice.read) tick({ ids: [notice.id] });
                  onClose();
                }}
              />
            ))}
          </ul>
          {notices.hasNextPage && (
            <Box p="xs" ta="center">
              <Button
                variant="subtle"
                loading={notices.isFetchingNextPage}
                onClick={() => void notices.fetchNextPage()}
              >
                {t('common.loadMore')}
              </Button>
            </Box>
          )}
        </div>
      )}
    </section>
  );
}
