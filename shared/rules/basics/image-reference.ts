// distribution/reference: domain, path components joined by one of `.`, `_`, `__` and any number of `-`, tag, digest.
const domain = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?`;
const component = String.raw`[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*`;
const tag = String.raw`\w[\w.-]{0,127}`;
const digest = '[A-Za-z][A-Za-z0-9]*:[0-9A-Fa-f]{32,}';
const whole = new RegExp(`^(?:${domain}/)?${component}(?:/${component})*(?::${tag})?(?:@${digest})?$`);

/** Whether engines take this for the name of an image: `registry.example:5000/path/name:tag@sha256:…`. */
export const isImageReference = (text: string): boolean => text.length <= 500 && whole.test(text);
