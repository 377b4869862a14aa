import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { enough, LEAST } from '@/lib/searchFilter';

/** The words that a list is searched for: asked for while somebody types, from the third character on. */
export function SearchBox({
  what,
  asked,
  className,
  onAsk,
}: {
  /** What is searched. */
  what: string;
  /** The search that stands in the address. */
  asked: string | undefined;
  className?: string | undefined;
  onAsk: (words: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(asked ?? '');
  /** The search that this box has asked for itself; any other comes from elsewhere, such as a tab. */
  const [applied, setApplied] = useState(asked);
  const [before, setBefore] = useState(asked);
  if (before !== asked) {
    setBefore(asked);
    if (asked !== applied) {
      setApplied(asked);
      setTyped(asked ?? '');
    }
  }
  const apply = useDebouncedCallback((text: string) => {
    const words = enough(text) ? text : undefined;
    setApplied(words);
    onAsk(words);
  }, 250);
  const type = (text: string) => {
    setTyped(text);
    apply(text);
  };
  const tooShort = typed.trim() !== '' && !enough(typed);
  return (
    <TextInput
      className={className}
      size="xs"
      aria-label={t('list.search', { what })}
      placeholder={t('list.search', { what })}
      error={tooShort ? t('list.tooShort', { count: LEAST }) : undefined}
      leftSection={<IconSearch size={14} />}
      rightSection={
        typed ? <CloseButton size="xs" aria-label={t('common.clear')} onClick={() => type('')} /> : null
      }
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
