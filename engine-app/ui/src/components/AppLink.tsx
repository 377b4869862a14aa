import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent, Ref } from 'react';
import { type Trail, withTrail } from '@/lib/trail';

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string;
  ref?: Ref<HTMLAnchorElement>;
  /** The list that the link stands in. */
  trail?: Trail | undefined;
}

/** A link to an address of this application: opens without loading the page again, in a new tab as people expect. */
export function AppLink({ href, onClick, ref, trail, children, ...rest }: Props) {
  const router = useRouter();
  const open = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const elsewhere = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || elsewhere || rest.target === '_blank') return;
    event.preventDefault();
    void router.navigate({ href, ...(trail && { state: withTrail(trail) }) });
  };
  const preload = () => {
    void router.preloadRoute({ to: href.split('?')[0] ?? href } as never).catch(() => undefined);
  };
  return (
    <a ref={ref} href={href} onClick={open} onMouseEnter={preload} {...rest}>
      {children}
    </a>
  );
}
