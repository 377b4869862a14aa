import {
  ActionIcon,
  Badge,
  Button,
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  Menu,
  Modal,
  Tooltip,
} from '@mantine/core';

const loom: MantineColorsTuple = [
  '#effcf9',
  '#d3f5ee',
  '#a6e9dd',
  '#6fd6c6',
  '#3dbcab',
  '#1f9f90',
  '#128376',
  '#0f6b61',
  '#10564f',
  '#0f4742',
];

/** Dark enough to read white text on it, unlike the usual one. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffecec',
  '#ffc2c2',
  '#ff9d9d',
  '#ff8a8a',
  '#e45858',
  '#d13434',
  '#c02626',
  '#a32020',
  '#861b1b',
];

/** Paler behind texts than the usual one. */
const yellow: MantineColorsTuple = [
  '#fffaf0',
  '#fff4db',
  '#ffe8b3',
  '#ffd97f',
  '#f5c14d',
  '#dfa423',
  '#b87f08',
  '#8a5a00',
  '#6f4900',
  '#573a00',
];

/**
 * Lists to choose from are scrolled themselves and not by a box within them: assistive technology knows the list of an
 * input, and that it is the input that is operated with keys.
 */
const choices = {
  defaultProps: { size: 'sm', withScrollArea: false },
  styles: { options: { maxHeight: 240, overflowY: 'auto' } },
};

/** 13-14 px text on a 4 px grid with one accent colour. */
export const theme = createTheme({
  primaryColor: 'loom',
  primaryShade: { light: 7, dark: 6 },
  colors: { loom, red, yellow },
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '32px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } }),
    // Nothing but items may be in a menu: the first of them gets the focus.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      defaultProps: { transitionProps: { duration: 120 }, centered: true },
      styles: { title: { fontSize: 16, fontWeight: 600 } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 300,
        transitionProps: { duration: 80 },
        events: { hover: true, focus: true, touch: false },
      },
    }),
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: choices,
    NumberInput: { defaultProps: { size: 'sm' } },
    MultiSelect: choices,
    TagsInput: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'sm' } },
    Switch: { defaultProps: { size: 'sm' } },
  },
});

/** The surfaces, lines and text tones that all screens share, for both themes. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5b6672',
    '--mantine-color-placeholder': '#6b7682',
    '--ll-surface': '#ffffff',
    '--ll-ground': '#f6f7f9',
    '--ll-line': '#e1e5ea',
    '--ll-line-strong': '#c9d0d8',
    '--ll-hover': '#f1f4f6',
    '--ll-selected': '#e3f5f1',
    '--ll-accent-text': '#0f6b61',
    '--ll-good': '#1a7f37',
    '--ll-bad': '#c02626',
    '--ll-warn': '#8a5a00',
    '--ll-info': '#1f5fa8',
    '--ll-tab-system': '#b34700',
    '--ll-tab-custom': '#1f5fa8',
    '--ll-tab-own': '#5b6672',
  },
  dark: {
    '--mantine-color-body': '#14171b',
    '--mantine-color-text': '#e3e7eb',
    '--mantine-color-dimmed': '#9aa5b1',
    '--mantine-color-placeholder': '#8b96a3',
    '--ll-surface': '#1a1e23',
    '--ll-ground': '#14171b',
    '--ll-line': '#2c323a',
    '--ll-line-strong': '#434b56',
    '--ll-hover': '#22272e',
    '--ll-selected': '#133832',
    '--ll-accent-text': '#6fd6c6',
    '--ll-good': '#5fd083',
    '--ll-bad': '#ff8a8a',
    '--ll-warn': '#e8b45a',
    '--ll-info': '#7db4f2',
    '--ll-tab-system': '#f2a65a',
    '--ll-tab-custom': '#7db4f2',
    '--ll-tab-own': '#9aa5b1',
  },
});
