import { languageOfShell, Terminal } from './terminal.js';

function heard(isJson: boolean, isTTY = false) {
  const said = { out: '', err: '' };
  const sink = (name: 'out' | 'err') => ({
    isTTY,
    write: (text: string) => {
      said[name] += text;
      return true;
    },
  });
  return { said, terminal: new Terminal(isJson, 'en', sink('out') as never, sink('err') as never) };
}

describe('a terminal', () => {
  it('keeps data and talk apart', () => {
    const { said, terminal } = heard(false);
    terminal.data({ n: 1 }, () => 'one');
    terminal.say('done');
    expect(said).toEqual({ out: 'one\n', err: 'done\n' });
  });

  it('prints data as JSON when that is asked for, and why there is none on the other side', () => {
    const { said, terminal } = heard(true);
    terminal.data({ n: 1 }, () => 'one');
    terminal.fail({ exit: 1, code: 'not_found', sentences: ['a', 'b'] });
    expect(JSON.parse(said.out)).toEqual({ n: 1 });
    expect(JSON.parse(said.err)).toEqual({ code: 'not_found', detail: 'a\nb' });
  });

  it('shows progress on one line of a terminal, and seldom in a log', () => {
    const [live, log] = [heard(false, true), heard(false, false)];
    for (const { terminal } of [live, log]) {
      const progress = terminal.progress();
      progress.show('1 of 9');
      progress.show('2 of 9');
      progress.end();
    }
    expect(live.said.err).toBe('\r\u001b[K1 of 9\r\u001b[K');
    expect(log.said.err).toBe('1 of 9\n');
  });
});

describe('the language of a shell', () => {
  it.each([
    [{}, 'en'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_TW' }, 'zh'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh'],
  ])('of %j is %s', (env, language) => expect(languageOfShell(env)).toBe(language));
});
