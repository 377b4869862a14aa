import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatRelative } from '@/lib/format';

/** A relative time with the exact one on hover and for screen readers; keeps up with the clock. */
export function Moment({ at, exact = false }: { at: string | null | undefined; exact?: boolean }) {
  // For another language or time zone.
  useTranslation();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (!at) return null;
  if (exact) return <time dateTime={at}>{formatMoment(at)}</time>;
  return (
    <Tooltip label={formatMoment(at, true)}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {formatRelative(at)}
      </time>
    </Tooltip>
  );
}
