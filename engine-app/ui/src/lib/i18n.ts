import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '@/locales/en.json';
import { watchPlace } from './format';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** The languages of the interface. A test holds all to the same keys. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const LOADERS: Record<Exclude<Language, 'en'>, () => Promise<{ default: object }>> = {
  de: () => import('@/locales/de.json'),
};

/** Whatever shows words shows them anew then, and with them its times and numbers; what is typed stays. */
const PLACE_CHANGED = 'placeChanged';

const STORAGE_KEY = 'leadloom.language';

export function isLanguage(text: string): text is Language {
  return text in LANGUAGES;
}

function wantedLanguage(): Language {
  const stored = localStorage.getItem(STORAGE_KEY);
  const wanted = (stored ?? navigator.language).slice(0, 2);
  return isLanguage(wanted) ? wanted : 'en';
}

/** Shows the words of a language; nobody has chosen it, so the next start asks again. */
async function speak(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    const bundle = await LOADERS[language]();
    i18next.addResourceBundle(language, 'translation', bundle.default, true, true);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Takes the language that somebody has chosen, also for the next time. */
export async function changeLanguage(language: Language): Promise<void> {
  await speak(language);
  localStorage.setItem(STORAGE_KEY, language);
}

/** The account's language, for whoever has chosen none in this browser. */
export async function offerLanguage(language: Language): Promise<void> {
  if (localStorage.getItem(STORAGE_KEY) === null && i18next.language !== language) await speak(language);
}

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { bindI18n: `languageChanged ${PLACE_CHANGED}` },
  });
  watchPlace(() => i18next.emit(PLACE_CHANGED));
  const language = wantedLanguage();
  if (language !== 'en') await speak(language);
}
