import fc from 'fast-check';

/** Pieces of which attacks are made, among ordinary text of all scripts. */
export const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '@everyone',
          '@here',
          '@',
          '<@1>',
          '<@!22>',
          '<@&333>',
          '<#4>',
          '</veo:5>',
          '<id:guide>',
        ],
        ...[
          '```',
          '`',
          '``',
          '**',
          '*',
          '__',
          '_',
          '~~',
          '||',
          '> ',
          '>>> ',
          '# ',
          '-# ',
          '- ',
          '1. ',
        ],
        ...[
          '[x](http://evil.example)',
          '[',
          ']',
          '(',
          ')',
          'https://evil.example',
          'discord.gg/abc',
        ],
        ...['\\', '\\\\', '\n', '\r\n', '\t', '\u2028', '\0', '<t:1:R>', '<a:b:6>', 'steam://run'],
        ...[
          '\u200B',
          '\u200D',
          '\u2060',
          '\uFEFF',
          '\u202E',
          '\u2066',
          '\u3164',
          '\u00AD',
          '\u{E0041}',
        ],
        ...['👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👍🏽', '❤️‍🔥', '🇩🇪', 'e\u0301', 'क्ष', '한', '\uD83D', '\uDE00'],
        ...['every', 'one', 'here', ' ', 'a cat', '16:9'],
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 12 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));
