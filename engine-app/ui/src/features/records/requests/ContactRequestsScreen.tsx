import { Anchor, Button, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { useUsers } from '@/api/getUsers';
import { useMayWith } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Scrolling } from '@/components/Scrolling';
import { Status } from '@/components/Status';
import { formatNumber } from '@/lib/format';
import { get, url } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const FIGURES = ['created', 'updated', 'skipped', 'failed', 'deleted'] as const;

const requestSchema = z.looseObject({
  type: z.enum(['import', 'bulk-create', 'bulk-update', 'bulk-delete']),
  id: z.number(),
  name: z.string(),
  userId: z.nullish(z.number()),
  at: z.string(),
  status: z.enum(['completed', 'in-progress']),
  total: z.number(),
  created: z.number(),
  updated: z.number(),
  skipped: z.number(),
  failed: z.number(),
  deleted: z.number(),
  reasons: z.string(),
});
const schema = z.looseObject({ items: z.array(requestSchema), next: z.nullish(z.string()) });
type Request = z.infer<typeof requestSchema>;

/** While one is in progress, its figures move. */
const MOVING = 2_000;

function useContactRequests() {
  const refetchInterval = useRefetchInterval();
  return useInfiniteQuery({
    queryKey: ['contact-requests'],
    queryFn: ({ pageParam }) => get(schema, '/contact-requests', { cursor: pageParam, limit: 25 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
    refetchInterval: (query) =>
      query.state.data?.pages[0]?.items.some((item) => item.status === 'in-progress')
        ? MOVING
        : refetchInterval,
  });
}

function Reasons({ request }: { request: Request }) {
  const { t } = useTranslation();
  if (request.failed === 0) return null;
  return (
    <Anchor size="sm" href={url(request.reasons)} download>
      {t('contactRequests.reasons')}
    </Anchor>
  );
}

/** Imports and bulk actions of contacts with their five counts (ENG-103 to ENG-107). */
export function ContactRequestsScreen() {
  const { t } = useTranslation();
  const requests = useContactRequests();
  const users = useUsers();
  const mayImport = useMayWith('contacts', 'import');
  const items = requests.data?.pages.flatMap((page) => page.items) ?? [];
  const maker = ({ userId }: Request) =>
    userId == null
      ? t('contactRequests.program')
      : (users.data?.find((user) => user.id === userId)?.name ?? `#${userId}`);
  const importLink = mayImport && (
    <Button
      variant="default"
      leftSection={<IconFileImport size={14} />}
      renderRoot={(props) => <AppLink {...props} href="/imports?entity=contact" />}
    >
      {t('contactRequests.importNow')}
    </Button>
  );
  return (
    <Page
      title={t('contactRequests.title')}
      actions={
        <>
          <Button variant="subtle" renderRoot={(props) => <AppLink {...props} href="/contacts" />}>
            {t('contactRequests.back')}
          </Button>
          {importLink}
        </>
      }
    >
      <Text size="sm" c="dimmed" mb="md">
        {t('contactRequests.text')}
      </Text>
      {requests.error && !requests.data ? (
        <ProblemAlert error={requests.error} onRetry={() => void requests.refetch()} />
      ) : !requests.data ? (
        <PageSkeleton />
      ) : items.length === 0 ? (
        <EmptyState
          icon={IconFileImport}
          title={t('contactRequests.empty')}
          text={t('contactRequests.emptyText')}
        />
      ) : (
        <>
          <Scrolling>
            <DataTable
              label={t('contactRequests.title')}
              items={items}
              rowKey={(request) => `${request.type} ${request.id}`}
              columns={[
                {
                  key: 'name',
                  label: t('contactRequests.name'),
                  cell: (request) => (
                    <Anchor
                      size="sm"
                      renderRoot={(props) => (
                        <AppLink
                          {...props}
                          href={request.type === 'import' ? `/imports/${request.id}` : `/jobs/${request.id}`}
                        />
                      )}
                    >
                      {request.name}
                    </Anchor>
                  ),
                },
                {
                  key: 'type',
                  label: t('contactRequests.type'),
                  cell: (request) => t(`contactRequests.types.${request.type}`),
                },
                {
                  key: 'status',
                  label: t('contactRequests.status'),
                  cell: (request) => <Status state={request.status} />,
                },
                ...FIGURES.map((figure) => ({
                  key: figure,
                  label: t(`contactRequests.${figure}`),
                  numeric: true,
                  cell: (request: Request) => formatNumber(request[figure]),
                })),
                {
                  key: 'total',
                  label: t('contactRequests.total'),
                  numeric: true,
                  cell: (request) => formatNumber(request.total),
                },
                { key: 'user', label: t('contactRequests.user'), cell: maker },
                {
                  key: 'at',
                  label: t('contactRequests.at'),
                  cell: (request) => <Moment at={request.at} />,
                },
                {
                  key: 'reasons',
                  label: t('contactRequests.reasons'),
                  cell: (request) => <Reasons request={request} />,
                },
              ]}
            />
          </Scrolling>
          {requests.hasNextPage && (
            <Button
              variant="default"
              mt="sm"
              loading={requests.isFetchingNextPage}
              onClick={() => void requests.fetchNextPage()}
            >
              {t('contactRequests.more')}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}
