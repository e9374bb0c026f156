import type { AlertWords } from '../templates.ts';
import { af } from './af.ts';
import { en } from './en.ts';
import { xh } from './xh.ts';
import { zu } from './zu.ts';

/** The texts every municipality begins with. What holds where is in the database, approved by name. */
export const firstWords: Record<string, AlertWords> = { en, zu, xh, af };

/** Languages a warning can be written in, English first. */
export const alertLanguages = Object.keys(firstWords);
