import { expect, test } from 'vitest';
import { noticeKindNames, noticeKinds } from './kinds.ts';
import { renderNotice } from './render.ts';
import { builtIn, languages, noticeLanguage } from './templates.ts';

test.each(languages.flatMap((language) => noticeKindNames.map((kind) => [language, kind] as const)))(
  'the built-in text in %s of %s uses only names it has',
  (language, kind) => {
    const facts = Object.fromEntries(noticeKinds[kind].map((name) => [name, `<${name}>`]));
    const { subject, body } = renderNotice(kind, builtIn[language][kind], facts);
    expect(subject + body).not.toMatch(/[{}]/);
    expect(body).toContain('<company>');
  },
);

test('a value is text: its braces and lines mean nothing', () => {
  const facts = { company: '{provider}\nBcc: all@example.org', provider: 'Host' };
  expect(renderNotice('application_received', { subject: 'For {company}', body: '{company}' }, facts)).toEqual({
    subject: 'For {provider} Bcc: all@example.org',
    body: '{provider}\nBcc: all@example.org',
  });
});

test('an unknown name is refused with the ones there are; a missing value is a dash', () => {
  expect(() => renderNotice('order_paid', { subject: '{wholesale}', body: '' }, {})).toThrow('{customer}');
  expect(renderNotice('order_paid', { subject: '{order}', body: '{customer}' }, { order: '7' })).toEqual({
    subject: '7',
    body: '–',
  });
});

test('texts follow the reseller’s language, else English', () => {
  expect([noticeLanguage('de-AT'), noticeLanguage('fr'), noticeLanguage(null)]).toEqual(['de', 'en', 'en']);
});
