import { describe, expect, it } from 'vitest';
import { problemFromText } from './error-patterns';
import { podmanWordings } from '../testing/wordings';

describe('what Podman says', () => {
  it.each(podmanWordings)('%s', (text, code, sentence) => {
    const found = problemFromText(text);
    expect(found?.code).toBe(code);
    const context = found?.params?.context;
    expect(context === undefined ? code : `${code}_${context}`).toBe(sentence);
  });
});
