import { Modal, type ModalProps } from '@mantine/core';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LeaveGuard } from './LeaveGuard';
import { GuardContext, type Guarding } from './unsaved';

/** What the forms of one place have not saved, and the question before that is lost. */
function useGuard(): { guard: Guarding; question: ReactNode } {
  const [dirty, setDirty] = useState<ReadonlySet<string>>(new Set());
  const [going, setGoing] = useState<(() => void) | null>(null);
  const any = dirty.size > 0;
  const report = useCallback((form: string, now: boolean) => {
    setDirty((before) => {
      if (before.has(form) === now) return before;
      const next = new Set(before);
      if (now) next.add(form);
      else next.delete(form);
      return next;
    });
  }, []);
  const leave = useCallback(
    (go: () => void) => {
      if (any) setGoing(() => go);
      else go();
    },
    [any],
  );
  const guard = useMemo(() => ({ report, leave }), [report, leave]);
  return { guard, question: <LeaveGuard dirty={any} going={going} onStay={() => setGoing(null)} /> };
}

/** Watches over the forms of a page that lets one go from form to form. */
export function FormGuard({ children }: { children: ReactNode }) {
  const { guard, question } = useGuard();
  return (
    <GuardContext value={guard}>
      {children}
      {question}
    </GuardContext>
  );
}

/**
 * A dialog with a form. It asks before it closes, or the page is left, while a form in it says with useUnsaved that
 * something is not saved (SET-002). The form's own buttons close it without a question: they say what they do.
 */
export function FormDialog({ onClose, children, ...rest }: ModalProps & { children?: ReactNode }) {
  const { t } = useTranslation();
  const { guard, question } = useGuard();
  return (
    <Modal.Stack>
      <Modal
        {...rest}
        stackId="form"
        onClose={() => guard.leave(onClose)}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <GuardContext value={guard}>{children}</GuardContext>
      </Modal>
      {question}
    </Modal.Stack>
  );
}
