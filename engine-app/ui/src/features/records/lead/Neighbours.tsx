import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { type Entity, singular } from '@/api/records';
import { get } from '@/lib/http';
import { type Trail, useTrail, withTrail } from '@/lib/trail';

const schema = z.looseObject({ previous: z.nullish(z.number()), next: z.nullish(z.number()) });

function useNeighbours(entity: Entity, id: number, trail: Trail | undefined) {
  return useQuery({
    queryKey: [singular(entity), id, 'neighbours', trail],
    queryFn: () => get(schema, `/${entity}/${id}/neighbours`, { ...trail }),
    enabled: trail !== undefined,
  });
}

/** Whether a key is meant for something other than the page. */
function taken(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    (target instanceof HTMLElement &&
      (target.isContentEditable || target.closest('input, textarea, select, [role="listbox"]') !== null)) ||
    document.querySelector('[role="dialog"], [role="menu"]') !== null
  );
}

/** The records before and after this one in the list that one came from: buttons, and the keys K and J (ENG-091). */
export function Neighbours({
  entity,
  id,
  tab,
  show,
}: {
  entity: 'leads' | 'contacts' | 'accounts';
  id: number;
  /** The part of the page that a phone shows. */
  tab: string | undefined;
  /** The tab of the page that is open: it stays open from record to record. */
  show: string | undefined;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const trail = useTrail();
  const { data } = useNeighbours(entity, id, trail);
  const previous = data?.previous ?? undefined;
  const next = data?.next ?? undefined;
  const kept = new URLSearchParams({ ...(tab && { tab }), ...(show && { show }) }).toString();

  useEffect(() => {
    if (!trail) return;
    const onKey = (event: KeyboardEvent) => {
      const to = event.key === 'j' ? next : event.key === 'k' ? previous : undefined;
      if (to === undefined || taken(event)) return;
      event.preventDefault();
      void navigate({
        href: `/${entity}/${to}${kept && `?${kept}`}`,
        state: withTrail(trail),
        replace: true,
      });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [entity, trail, next, previous, navigate, kept]);

  if (!trail) return null;
  const button = (to: number | undefined, label: string, Icon: typeof IconChevronUp, key: string) => (
    <Tooltip label={`${label} (${key})`}>
      <ActionIcon
        size={30}
        variant="default"
        aria-label={label}
        aria-keyshortcuts={key}
        disabled={to === undefined}
        onClick={() =>
          void navigate({
            href: `/${entity}/${to}${kept && `?${kept}`}`,
            state: withTrail(trail),
            replace: true,
          })
        }
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <Group gap={4} wrap="nowrap">
      {button(previous, t(`neighbours.previous.${entity}`), IconChevronUp, 'K')}
      {button(next, t(`neighbours.next.${entity}`), IconChevronDown, 'J')}
    </Group>
  );
}
