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

  it('names whom it was killed over, and what somebody is not on', () => {
    const params = (words: string) =>
      problemFromText(podmanWordings.find(([text]) => text.includes(words))?.[0] ?? '')?.params;
    expect(params('mismatch')).toMatchObject({ container: '296ca0725543' });
    expect(params('is not connected')).toMatchObject({ network: 'lan' });
    expect(params('found in database')).toMatchObject({ container: 'dc91d52a4477' });
  });
});
