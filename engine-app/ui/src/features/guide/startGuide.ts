import { driver, type Driver, type DriveStep } from 'driver.js';
import 'driver.js/dist/driver.css';
import { toast } from '@/components/toasts';
import type { Language } from '@/lib/i18n';
import { type GuideWords, type Part, PARTS } from './guideWords';
import './guide.css';

const LOADERS: Record<Language, () => Promise<{ words: GuideWords }>> = {
  en: () => import('./words.en'),
  de: () => import('./words.de'),
};

/** The page's name among the words: its address, with one word for what stands for a record. */
export function pageOf(path: string): string {
  const place = path.replace(/^\/+|\/+$/g, '');
  if (place === '') return 'home';
  if (/^automations\/.+/.test(place)) return 'automation';
  if (/^leads\/\d+\/form$/.test(place)) return 'leads/new';
  return place.replace(/^leads\/\d+/, 'lead');
}

/** On a phone the navigation stands beside the screen until it is called. */
function isShown(element: HTMLElement): boolean {
  const { width, left, right } = element.getBoundingClientRect();
  return width > 0 && right > 0 && left < window.innerWidth;
}

/** The last one counts: a page within a page says more about itself than what is around it. */
function partOf(part: Part): HTMLElement | undefined {
  const found = [...document.querySelectorAll<HTMLElement>(`[data-guide="${part}"]`)].filter(
    (element) => element.childElementCount > 0 && isShown(element),
  );
  return found.at(-1);
}

/** What a guide shows on the page as it is now. */
export function stepsOf(path: string, words: GuideWords): DriveStep[] {
  const own = words.pages[pageOf(path)] ?? {};
  const steps: DriveStep[] = [];
  for (const part of PARTS) {
    const element = partOf(part);
    const missing = part === 'content' ? document.querySelector('[data-guide="empty"]') : null;
    let title = '';
    let text = '';
    if (missing) {
      title = words.nothing;
      text = [...missing.querySelectorAll('h2, p')].map((line) => line.textContent).join('. ');
    } else if (element) {
      title = part === 'head' ? (element.querySelector('h1, h2')?.textContent ?? '') : words.titles[part];
      text = own[part] ?? words.any[part] ?? '';
      if (part === 'head') text ||= element.querySelector('p')?.textContent ?? '';
    }
    if (!text) continue;
    steps.push({
      // Nothing is pointed at that is not there yet (ENG-004).
      ...(missing || !element ? {} : { element }),
      popover: {
        title: ' ',
        description: ' ',
        onPopoverRender: (popover) => {
          // Words of records can stand in them: they are text, never markup.
          popover.title.textContent = title;
          popover.description.textContent = text;
        },
      },
    });
  }
  return steps;
}

let running: Driver | undefined;

/** Ends the guide that is shown: its page has gone. */
export function endGuide(): void {
  running?.destroy();
  running = undefined;
}

/** Leads through the parts of the page that is open; it changes nothing and can be left at any step (ENG-002, ENG-003). */
export async function startGuide(path: string, language: Language): Promise<void> {
  const { words } = await LOADERS[language]();
  const steps = stepsOf(path, words);
  endGuide();
  if (steps.length === 0) {
    toast(words.none);
    return;
  }
  running = driver({
    steps,
    onHighlighted: (element) => {
      // What is pointed at opens nothing by itself, so it must not be read out as if it did.
      for (const told of ['aria-haspopup', 'aria-expanded', 'aria-controls']) element?.removeAttribute(told);
    },
    // At once, so that what is told of the element is true from its first frame on.
    animate: false,
    disableActiveInteraction: true,
    smoothScroll: false,
    overlayOpacity: 0.5,
    stagePadding: 4,
    stageRadius: 8,
    showProgress: steps.length > 1,
    progressText: words.progress,
    nextBtnText: words.next,
    prevBtnText: words.back,
    doneBtnText: words.done,
    popoverClass: 'll-guide',
  });
  running.drive();
}
