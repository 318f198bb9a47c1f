import type { MantineColorsTuple } from '@mantine/core';

/** The accent: the blue of an engineering drawing, legible on both grounds. */
export const line: MantineColorsTuple = [
  '#e9f5fb',
  '#cfe8f4',
  '#a3d1e9',
  '#6fb6da',
  '#439dcb',
  '#2486b8',
  '#1673a3',
  '#0f5f86',
  '#0c4c6c',
  '#083850',
];

/** Neutrals with a touch of the accent's hue, so that greys and blues belong together. */
export const gray: MantineColorsTuple = [
  '#f8f9fb',
  '#f1f3f6',
  '#e6e9ee',
  '#d8dde4',
  '#bcc4ce',
  '#96a0ad',
  '#6b7684',
  '#4c5664',
  '#333c48',
  '#1c232c',
];

/** Mantine reads its dark surfaces from here: 7 is the body, 6 what lies on it, 4 the hairlines. */
export const dark: MantineColorsTuple = [
  '#dde2e9',
  '#b4bcc8',
  '#8c96a4',
  '#66707e',
  '#343c47',
  '#29303a',
  '#1d232b',
  '#14191f',
  '#0f1317',
  '#0a0d10',
];
