interface ChangeWords {
  /** `{{host}}`, `{{network}}` and `{{container}}` stand for names. */
  readonly title: string;
  readonly button: string;
  /** Names as in the title, and all that is put on the host. */
  readonly step: string;
  /** The step where what was found is half made. */
  readonly step_bare?: string;
}

/** What changes of a kind of policy say, in both languages. */
export type PolicyWords = Readonly<
  Record<'en' | 'zh-CN', { readonly put: ChangeWords; readonly remove: ChangeWords }>
>;
