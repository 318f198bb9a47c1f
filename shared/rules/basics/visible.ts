/**
 * Characters that show nothing and act on what stands around them: controls (C0 but tab and line ends, C1), marks that
 * turn the direction of writing, invisible operators, tags. They have no place in a name, and are how one name is made
 * to look like another. Joiners (U+200C, U+200D) stay: Persian and emoji need them.
 */
const acting =
  // eslint-disable-next-line no-control-regex -- those are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** The text with “�” where something would have acted unseen. */
export const visible = (text: string): string => text.replace(acting, '\ufffd');

/** The same as JSON and JavaScript write it, `\u202e`: nothing is lost. */
export const escaped = (text: string): string =>
  text.replace(acting, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/** Beyond so many characters a name is cut; engines take up to 10,000. */
const longest = 128;

/** A name of somebody else's choosing, as it is shown: nothing in it acts, and it has an end. */
export const shownName = (name: string): string => {
  const text = visible(name.length > 2 * longest ? name.slice(0, 2 * longest) : name);
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text;
};
