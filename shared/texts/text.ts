/** What a sentence says, and what the user can do about it. `{{param}}` stands for a value, as i18next writes it. */
export interface Text {
  readonly message: string;
  readonly hint?: string;
}
/** How much a notice matters. */
export type Severity = 'info' | 'warning';

/** A text, and its variants by `params.context`, for a code that has more than one cause. */
export interface TextWithVariants extends Text {
  readonly when?: Readonly<Record<string, Text>>;
}

/** The values that a text speaks of. */
export type Names<T extends string> = T extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** Puts the values into a text. A value that is missing stays visible as its name rather than as an empty gap. */
export function fillText(text: string, params: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(params[name] ?? whole));
}
