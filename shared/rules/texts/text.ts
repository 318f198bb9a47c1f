/** What a sentence says, and what the user can do about it. `{{param}}` stands for a value, as i18next writes it. */
export interface Text {
  readonly message: string;
  readonly hint?: string;
}
/** A text, and its variants by `params.context`, for a code that has more than one cause. */
export interface TextWithVariants extends Text {
  readonly when?: Readonly<Record<string, Text>>;
}
