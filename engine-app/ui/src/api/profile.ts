import { useMutation, useQueryClient } from '@tanstack/react-query';
import { act } from '@/lib/http';
import { changeLanguage, type Language } from '@/lib/i18n';
import { sessionKey } from './session';

/** Changes the language of the pages at once and keeps it for the next sign-in, on any device (SET-135). */
export function useSpeak() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (language: Language) => {
      await changeLanguage(language);
      await act('PUT', '/profile/language', { locale: language });
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: sessionKey });
      void client.invalidateQueries({ queryKey: ['profile'] });
    },
  });
}
