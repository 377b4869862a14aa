import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import * as z from 'zod/mini';
import { get } from '@/lib/http';
import { isLanguage, offerLanguage } from '@/lib/i18n';

const brandSchema = z.looseObject({
  name: z.string(),
  logo: z.nullish(z.string()),
  language: z.nullish(z.string()),
});

/** Whose Leadloom this is, for the pages in front of the sign-in; they speak the account's language. */
export function useBrand() {
  const brand = useQuery({
    queryKey: ['session-brand'],
    queryFn: () => get(brandSchema, '/session/brand'),
    staleTime: 60_000,
    // Without an answer the pages stay Leadloom's own.
    retry: false,
  });
  const language = brand.data?.language;
  useEffect(() => {
    if (language && isLanguage(language)) void offerLanguage(language);
  }, [language]);
  return brand;
}
