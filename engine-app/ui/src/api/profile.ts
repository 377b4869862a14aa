import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get } from '@/lib/http';
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

const signatureSchema = z.looseObject({ signature: z.nullish(z.string()) });

/** The HTML that stands under mails of the reader; null for none (SET-043). */
export function useSignature() {
  return useQuery({
    queryKey: ['signature'],
    queryFn: async () => (await get(signatureSchema, '/profile')).signature ?? null,
    staleTime: 60_000,
  });
}
