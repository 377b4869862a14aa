import type { ReactNode } from 'react';

/** A row that is scrolled sideways where it does not fit. */
export function Scrolling({ children }: { children: ReactNode }) {
  return <div style={{ overflowX: 'auto', maxWidth: '100%' }}>{children}</div>;
}
