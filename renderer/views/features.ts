import type { Language } from '../i18n';
import type { OwnNamespace, Words } from '../i18n/words';
import type { DialogRow, Feature } from '../context/feature';
import type { DialogKind } from '../store/ui';
import { addresses } from './addresses/feature';
import { change } from './change/feature';
import { engines } from './engines/feature';
import { guard } from './guard/feature';
import { host } from './host/feature';
import { inspector } from './inspector/feature';
import { raw } from './raw/feature';
import { search } from './search/feature';
import { segments } from './segments/feature';
import { shortcuts } from './shortcuts/feature';
import { subnets } from './subnets/feature';
import { table } from './table/feature';
import { topology } from './topology/feature';

const list = [
  engines,
  change,
  segments,
  addresses,
  subnets,
  guard,
  host,
  inspector,
  table,
  topology,
  search,
  raw,
  shortcuts,
] as const satisfies readonly Feature[];

/** All features of the window: what each adds is known from here, and from nowhere else. */
export const features: readonly Feature[] = list;

type Intersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never;

/** One part of all features, in one object: with everything that any of them names. */
type Merged<P extends keyof Feature> = Intersection<
  Extract<(typeof list)[number], Readonly<Record<P, unknown>>>[P]
>;

const merged = <P extends 'words' | 'dialogs' | 'commands'>(part: P) =>
  Object.assign({}, ...features.map((feature) => feature[part])) as Merged<P>;

/** Each kind of dialog that was declared: one that no feature draws does not compile. */
export const dialogs: { readonly [K in DialogKind]: DialogRow<K> } = merged('dialogs');

/** The words of each namespace that was declared, but for those that belong to no feature. */
export const words: Readonly<Record<Exclude<keyof Words, OwnNamespace>, Readonly<Record<Language, object>>>> =
  merged('words');

export const commands = merged('commands');
