import type { ReactNode } from 'react';
import classes from './SplitPage.module.css';

/** A page that fills the window: a header and, under it, what it is given. */
export function TallPage({ children }: { children: ReactNode }) {
  return <main className={classes.page}>{children}</main>;
}

interface Props {
  /** The large part, a diagram in most cases. */
  canvas: ReactNode;
  /** Stands under the large part and is as high as it needs to be. */
  below?: ReactNode;
  side: ReactNode;
  sideLabel: string;
}

/** A diagram with its details beside it; on a phone the details are under it. */
export function Split({ canvas, below, side, sideLabel }: Props) {
  return (
    <div className={classes.split}>
      <div className={classes.middle}>
        <div className={classes.canvas}>{canvas}</div>
        {below}
      </div>
      <section className={classes.side} aria-label={sideLabel}>
        {side}
      </section>
    </div>
  );
}
