import { Modal, type ModalProps } from '@mantine/core';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LeaveGuard } from './LeaveGuard';
import { GuardContext, type Guarding, useUnsaved } from './unsaved';

/** What the forms of one place have not saved, and the question before that is lost. */
function useGuard(): { guard: Guarding; question: ReactNode } {
  const forms = useRef(new Set<string>());
  const [any, setAny] = useState(false);
  const [going, setGoing] = useState<(() => void) | null>(null);
  const report = useCallback((form: string, dirty: boolean) => {
    if (dirty) forms.current.add(form);
    else forms.current.delete(form);
    setAny(forms.current.size > 0);
  }, []);
  const leave = useCallback((go: () => void) => {
    if (forms.current.size > 0) setGoing(() => go);
    else go();
  }, []);
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

/** Says within a dialog whose form it is itself what is filled in, see useUnsaved. */
export function Unsaved({ values, settled = false }: { values: unknown; settled?: boolean }) {
  useUnsaved(values, settled);
  return null;
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
