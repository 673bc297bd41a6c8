/** Names by script, for `npm run check:long -- names`. */
import { spawnSync } from 'node:child_process';
import { z } from 'zod';

/** Languages whose names for languages and regions Node has in scripts that Faker has few names in. */
const LANGUAGES =
  'am ti my km lo si te kn ml pa or bo dz chr syr nqo ff-Adlm vai zgh ii sat iu csw mni-Mtei ckb ur ps sd ug yi mn mn-Mong ka hy el he ar fa hi bn ta th ko ja gu vi yo ee nv haw kok mai as brx doi ks shi zh-Hant'.split(
    ' ',
  );
/** Given names and surnames in scripts that neither has: from their Wikipedias' articles on persons. */
const MORE: Record<string, string> = {
  THAANA: 'އިބްރާހީމް މުޙައްމަދު ޢަލީ ނަޝީދު ޙަސަން މައުމޫން ޢާއިޝަތު ފާޠިމަތު އަޙްމަދު ޝަހީމް',
  MONGOLIAN: 'ᠴᠢᠩᠭᠢᠰ ᠪᠠᠲᠤ ᠰᠦᠬᠡ ᠮᠥᠩᠬᠡ ᠲᠡᠮᠦᠵᠢᠨ ᠥᠭᠡᠳᠡᠢ ᠬᠤᠪᠢᠯᠠᠢ ᠰᠠᠷᠠᠩᠭᠡᠷᠡᠯ',
  JAVANESE: 'ꦱꦸꦏꦂꦤꦺꦴ ꦱꦸꦲꦂꦠ ꦢꦶꦥꦤꦼꦒꦫ ꦲꦩꦼꦁꦏꦸꦧꦸꦮꦤ ꦱꦿꦶ',
  OSAGE: '𐓏𐓘𐓻𐓘𐓻𐓟 𐓊𐓘𐓷𐓘𐓤𐓘 𐓀𐓣𐓰𐓘',
  SYRIAC: 'ܐܦܪܝܡ ܝܘܚܢܢ ܡܪܝܡ ܫܡܥܘܢ ܦܘܠܘܣ ܝܫܘܥ ܐܒܪܗܡ ܕܘܝܕ ܣܪܓܘܢ',
  CANADIAN: 'ᐊᓗᑎ ᐱᑕ ᒥᐊᓕ ᔮᓂ ᓄᕗᒃ ᑎᕕᑎ ᐃᓄᒃ ᒪᓯ',
  TIBETAN: 'བསྟན་འཛིན་རྒྱ་མཚོ ཚེ་རིང ཀརྨ་པ བློ་བཟང ཟླ་བ ཉི་མ སྒྲོལ་མ དཔལ་ལྡན',
  CHEROKEE: 'ᏍᏏᏉᏯ ᏩᎭᏯ ᎠᏓᏫ ᏌᎳᎵ ᏣᎵ ᎺᎵ ᏥᎻ',
  NKO: 'ߛߏ߬ߟߏߡߊߣߊ ߞߊ߲ߕߍ߫ ߡߊߡߊߘߎ߫ ߝߊ߬ߕߎߡߕߊ߫ ߌߺߓߑߙߊ߬ߤߌ߬ߡߊ߫',
  ADLAM: '𞤀𞤥𞤢𞤣𞤵 𞤊𞤢𞥄𞤼𞤭𞤥𞤢𞤼𞤢 𞤋𞤦𞤢 𞤔𞤢𞤤𞤮 𞤁𞤭𞤢𞤤𞤮',
  BOPOMOFO: 'ㄓㄤ ㄨㄤˊ ㄌㄧˇ',
};
const PER_LANGUAGE = 45;

/** @returns about 3,000 names, by the first word of their letters' names in Unicode */
export function namesOfScripts(python: string): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  const add = (script: string, name: string) => {
    const names = found.get(script) ?? new Set();
    found.set(script, names.add(name.trim()));
  };
  for (const [script, names] of Object.entries(fakeNames(python))) {
    for (const name of names) add(script, name);
  }
  for (const [script, names] of Object.entries(MORE)) {
    for (const name of names.split(' ')) add(script, name);
  }
  for (const language of LANGUAGES) {
    for (const name of wordsOf(language)) add(`${language}, words`, name);
  }
  return new Map(Array.from(found, ([script, names]) => [script, [...names]]));
}

function fakeNames(python: string): Record<string, string[]> {
  const { status, stdout } = spawnSync(python, ['scripts/long/fake-names.py'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`fake-names.py ended with ${status}`);
  return z.record(z.string(), z.array(z.string())).parse(JSON.parse(stdout));
}

/** What the language calls languages, as far as Node knows; not what it copies from English. */
function wordsOf(language: string): string[] {
  const own = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' });
  if (own.resolvedOptions().locale.split('-')[0] !== language.split('-')[0]) return [];
  const words: string[] = [];
  for (const code of CODES) {
    const name = own.of(code);
    if (name !== undefined && name !== code && words.length < PER_LANGUAGE) words.push(name);
  }
  return words;
}

const CODES =
  'ar bn cs da de el en es fa fi fr he hi hu id it ja ko lt lv nl no pl pt ro ru sk sl sr sv sw ta th tr uk ur vi zh am hy ka mn ne sq ca eu gl is ga mt cy af zu xh'.split(
    ' ',
  );
