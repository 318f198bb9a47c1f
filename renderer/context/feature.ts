import type { ComponentType } from 'react';
import type { Container, Engine, Network } from '../../shared/model';
import type { Language } from '../i18n';
import type { Words } from '../i18n/words';
import type { Stores } from '../store';
import type { Dialog, DialogKind } from '../store/ui';

/** What a dialog is drawn from: what it was opened with, and how it closes. */
export type DialogProps<K extends DialogKind> = Dialog<K> & { onClose: () => void };

export interface DialogRow<K extends DialogKind> {
  component: ComponentType<DialogProps<K>>;
  /** Whether it is there to change an engine, or needs a helper on one: a read-only console opens none of those. */
  changes: boolean;
}

/** Parts of the inspector that features add to what it shows of the selected. */
export interface Sections {
  engine: ComponentType<{ engine: Engine }>;
  /** Below its attachments. */
  container: ComponentType<{ container: Container }>;
  /** Below its members. */
  network: ComponentType<{ network: Network }>;
  /** Of everything, below what needs a look. */
  overview: ComponentType;
}

/** Where a banner stands, the topmost first: whether the picture is to be trusted, what is wrong here, then the hosts. */
export const bannerPlaces = ['picture', 'console', 'changes', 'hosts', 'hints'] as const;

export interface BannerRow {
  place: (typeof bannerPlaces)[number];
  /** Draws nothing while there is nothing to say. */
  component: ComponentType;
}

/** What a command has to work with. */
export interface WindowMeans {
  stores: Stores;
  setView: (view: 'topology' | 'table') => void;
  /** Takes back the window's last change. */
  undo: () => void;
}

/** What a key or a menu entry does. */
export interface CommandRow {
  /** As `KeyboardEvent.key` has it; without, it is a menu entry only. */
  key?: string;
  /** With Ctrl or Cmd. */
  mod?: boolean;
  /** A read-only console has no such key. */
  changes?: boolean;
  run: (means: WindowMeans) => void;
}

/** What a folder of `renderer/views` adds to the window; `renderer/views/features.ts` lists them. */
export interface Feature {
  /** Words of both languages by namespace; declared to {@link Words} beside. */
  words?: { readonly [N in keyof Words]?: Readonly<Record<Language, object>> };
  /** By kind; declared to `Dialogs` of `store/ui` beside, with what each is opened with. */
  dialogs?: { readonly [K in DialogKind]?: DialogRow<K> };
  sections?: Partial<Sections>;
  banners?: readonly BannerRow[];
  /** By name: that of a menu entry where there is one. */
  commands?: Readonly<Record<string, CommandRow>>;
}

/** A command that opens a dialog. */
export const opens =
  (dialog: Dialog): CommandRow['run'] =>
  ({ stores }) =>
    stores.ui.setState({ dialog });
