#!/usr/bin/env python3
"""Mojibake, repaired by this tool and by ftfy: measure/ftfy.py BINARY  (needs `pip install ftfy`)

Every sentence below was written for this table. Each is encoded as UTF-8 and decoded in a wrong encoding, the way browsers
do it (a byte without a character in that encoding becomes a control character), once or twice over, whole or in one word,
with the no-break spaces kept or made plain. Sentences that the wrong reading leaves unchanged are left out. A string is
repaired if the original comes back, character by character. On sound sentences any change is a false repair.
This tool: the repairs of `encoding/mojibake` that may be applied safely. ftfy: `fix_encoding` with its defaults."""
import json, subprocess, sys
from importlib.metadata import version
sys.path.pop(0)  # this file has the name of what it imports
import ftfy

SENTENCES = {
    'German': ['Der Bürgermeister von Köln eröffnete die Brücke über den Fluss.', 'Die Straßenbahn fährt wieder, sagte Frau Müller.', 'Für die Schüler gibt es „keine Ausnahme“, hieß es.', 'Österreich erhöht die Zölle auf Äpfel um fünf Prozent.', 'Das Gebäude kostete 3 Millionen € – mehr als geplant.', 'Größere Schäden blieben aus.'],
    'French': ['La maire a déclaré que l’école rouvrirait à la rentrée.', 'Les élus ont voté dès l’été une aide à la pêche.', 'Où est passé le train de Nîmes ?', 'Le café coûte désormais 3 € à Orléans.', 'L’évêque a célébré Noël à Besançon.', 'Ça suffit, a-t-elle crié.'],
    'Spanish': ['El señor Núñez dimitió mañana por la mañana.', '¿Cuándo abrirá el túnel? Nadie lo sabía en Málaga.', 'La niña ganó el campeonato de ajedrez en León.', '«No habrá más impuestos», prometió la alcaldesa.', 'El camión volcó cerca de Córdoba.', 'Año tras año, el río se llevó los puentes.'],
    'Portuguese': ['A eleição em São Paulo será no próximo mês.', 'Não há razão para pânico, disse o capitão João.', 'As crianças cantaram na praça até às três.', 'O avô comprou pão e maçãs na estação.', 'A inflação caiu à metade, informou o ministério.', 'Três irmãs abriram um café em Évora.'],
    'Polish': ['Burmistrz Łodzi otworzył nową ścieżkę nad rzeką.', 'Żadna z kobiet nie została ranna.', 'Sąd w Gdańsku ogłosił wyrok wczoraj późno.', 'Źródło pożaru jest wciąż nieznane.', 'Śnieg sparaliżował ruch pod Wrocławiem.', 'Wójt obiecał ludziom większą pomoc.'],
    'Czech': ['Škoda na mostě přesáhla tři miliony korun.', 'Žáci z Plzně zvítězili v soutěži.', 'Ředitel nemocnice odmítl říct víc.', 'Déšť zaplavil několik sklepů u řeky.', 'Čtyři lidé zůstali uvěznění ve výtahu.', 'Město koupí nové tramvaje příští rok.'],
    'Turkish': ['İstanbul’da kar yağışı ulaşımı durdurdu.', 'Çocuklar okula geç kaldı, dedi öğretmen.', 'Işıklar gece yarısı söndü.', 'Şehir meclisi yeni köprüyü onayladı.', 'Öğrenciler müzeyi ücretsiz gezdi.', 'Ağaçlar rüzgârdan devrildi.'],
    'Vietnamese': ['Chính quyền thành phố mở lại cây cầu cũ.', 'Trời mưa lớn khiến nhiều đường phố ngập nước.', 'Bà Nguyễn nói rằng trường học sẽ đóng cửa.', 'Giá gạo tăng mạnh ở miền Bắc.', 'Đội bóng Đà Nẵng thắng trận cuối.', 'Người dân được sơ tán trước khi bão đến.'],
    'Hungarian': ['A polgármester megnyitotta az új hidat Győrben.', 'Őszre elkészül a könyvtár tetője.', 'Hűvös idő várható a hét végén.', 'Három tűzoltó könnyebben megsérült.', 'Az árvíz elvitte a régi fűzfát.', 'Újra közlekedik a villamos Pécs felé.'],
    'Romanian': ['Primăria din Iași a închis podul vechi.', 'Ploaia a inundat două școli și o piață.', 'Țăranii cer despăgubiri înainte de iarnă.', 'În această săptămână încep lucrările.', 'Bătrânul a fost găsit teafăr lângă pădure.', 'Știrea a fost dezmințită sâmbătă.'],
    'Icelandic': ['Bæjarstjórinn opnaði nýja brú í gær.', 'Þrír menn björguðust úr sjónum.', 'Veðrið verður gott á föstudaginn.', 'Skólinn í Vík er lokaður.', 'Íbúar kröfðust svara frá ráðuneytinu.', 'Áin flæddi yfir bakka sína.'],
    'Russian': ['Мэр города открыл новый мост через реку.', 'Жители требуют ответа от министерства.', 'Поезд опоздал на три часа, сообщили на вокзале.', 'Цены на хлеб снова выросли.', '«Мы остаёмся», — сказала учительница.', 'Школу закрыли из-за снега.'],
    'Ukrainian': ['Міський голова відкрив новий міст.', 'Її квитки коштують дев’ять гривень.', 'Ґанок старої школи обвалився вночі.', 'Потяг запізнився через сніг.', 'Ціни на хліб знову зросли.', 'Лікарі просять мешканців не панікувати.'],
    'Greek': ['Ο δήμαρχος άνοιξε τη νέα γέφυρα.', 'Η βροχή πλημμύρισε δύο σχολεία.', 'Οι κάτοικοι ζητούν απαντήσεις από το υπουργείο.', 'Το τρένο άργησε τρεις ώρες.', 'Έκλεισε το μουσείο για επισκευές.', 'Οι τιμές του ψωμιού αυξήθηκαν ξανά.'],
    'English': ['“We’re not leaving,” she said – and stayed.', 'The café’s owner paid £4.50 for a naïve painting.', 'It was 25 °C in Zürich… and rising.', 'The film won the critics’ prize – again.', 'Shares in Nestlé fell by ½ per cent.', 'He called it “a façade”, nothing more.'],
    'Japanese': ['市長は新しい橋を開通させた。', '雪のため学校は休みになった。', '電車は三時間遅れた。', '住民は説明を求めている。', 'パンの値段がまた上がった。', '図書館は来週開く。'],
    'Chinese': ['市长昨天为新桥揭幕。', '大雪导致学校停课。', '火车晚点三个小时。', '居民要求部门作出解释。', '面包价格再次上涨。', '图书馆下周开放。'],
    'Arabic': ['افتتح رئيس البلدية الجسر الجديد.', 'أغلقت المدارس بسبب الثلوج.', 'تأخر القطار ثلاث ساعات.', 'يطالب السكان بتفسير.', 'ارتفعت أسعار الخبز مرة أخرى.', 'تفتح المكتبة الأسبوع المقبل.'],
}
# Correct text in which letters stand that mojibake is made of, and signs beside capitals.
SOUND = [
    'A IRMÃ… não veio; “AMANHÃ”, disse ela.', 'O cão comeu a maçã; NÃO À GUERRA, lia-se.', 'Il a dit : « café » puis « l’été »… voilà…”', 'La lettre «Â» et la lettre «Ã» se suivent.', 'L’ÂGE D’OR – À VOIR… “VOILÀ”', 'Đã là “ĐÔNG”, nhà Â Vũ ở phố Ỷ Lan.', 'CHÂU Âu và “CHÂU Á” họp lại.', 'Ä” och Å… är bokstäver, liksom Ö’.', '„Ä“, „Ö“ und „Ü“ sind Umlaute.', 'SPAẞ und “Spaß”', 'Річ Сіль ‘Рі’ — Їжак і єнот.', 'Сё, Рё и „Ђ” — редкие буквы.', 'Љубљана и Његош, “Ђурђев дан”.', 'ΑΓΓΕΛΙΕΣ «Β» και «Γ»', 'Το “Ά” και το “Έ”.', '© 2020 Ä™ 5 × 3 ≈ 15; √2 ≠ 1', 'ŞŞ… ĞĞ” İ’nin', 'ĂĂ… “ÎN” Â’', 'ÑAÑA… “ESPAÑA” – ÉL»', '“É”', 'Ð og Þ eru “ÍSLENSKIR” stafir.', 'It cost 5 €… or £4”', 'The Å ngström? No: the Å, a letter.', 'MANHÃ – NOITE', 'Ã, ã; Õ, õ', 'The “Ï” in NAÏF', 'Š” Č” Ž” ŁÓDŹ”', 'Ő” és Ű”, ŐSZ…', 'Ca. 20 °C, 5 µm, 3 ¼ ½ ¾ – §5 ¶2', 'Ô… ô… ê”', '“ÃO” rima com “PÃO”…',
] + [sentence for language in SENTENCES.values() for sentence in language] + [sentence.upper() for language in SENTENCES.values() for sentence in language]

def misread(text, codec):
    out = []
    for byte in text.encode():
        try: out.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError: out.append(chr(byte))
    return ''.join(out)

def one_word(text, codec):
    """Only the first word that changes is scrambled, as where a page is glued from two sources."""
    words = text.split(' ')
    for at, word in enumerate(words):
        if misread(word, codec) != word:
            words[at] = misread(word, codec); break
    return ' '.join(words)

KINDS = {f'{codec}': (lambda text, codec=codec: misread(text, codec)) for codec in ('windows-1252', 'latin-1', 'windows-1250', 'windows-1251', 'mac-roman')}
KINDS['windows-1252 twice'] = lambda text: misread(misread(text, 'windows-1252'), 'windows-1252')
KINDS['latin-1 twice'] = lambda text: misread(misread(text, 'latin-1'), 'latin-1')
KINDS['windows-1252, one word'] = lambda text: one_word(text, 'windows-1252')
KINDS['windows-1250, one word'] = lambda text: one_word(text, 'windows-1250')
KINDS['windows-1252, no-break spaces made plain'] = lambda text: misread(text, 'windows-1252').replace('\u00a0', ' ')

def own(binary, texts):
    lines = '\n'.join(json.dumps({'id': str(i), 'text': text}, ensure_ascii=False) for i, text in enumerate(texts)) + '\n'
    command = [binary, 'check', '--input-type', 'jsonl', '--format', 'jsonl', '--exit-zero', '--select', 'encoding/mojibake', '--min-confidence', '0', '-']
    answers = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    fixed = list(texts)
    for line in answers.split('\n'):
        if not line: continue
        answer = json.loads(line); text = texts[int(answer['id'])]
        edits = []
        for finding in answer['findings']:
            for suggestion in finding['suggestions'][:1]:
                edits.append((*finding['chars'], suggestion['text']))
                edits += [(*edit['chars'], edit['text']) for edit in suggestion.get('also', [])]
        for start, end, new in sorted(edits, reverse=True): text = text[:start] + new + text[end:]
        fixed[int(answer['id'])] = text
    return fixed

if __name__ == '__main__':
    binary, verbose = sys.argv[1], '-v' in sys.argv
    total = [0, 0, 0]; by_language = {}
    print(f"{'read as':44} strings  this tool  ftfy {version('ftfy')}")
    for kind, scramble in KINDS.items():
        pairs = [(language, text, scramble(text)) for language, texts in SENTENCES.items() for text in texts]
        pairs = [pair for pair in pairs if pair[1] != pair[2]]
        ours = own(binary, [wrong for _, _, wrong in pairs]); theirs = [ftfy.fix_encoding(wrong) for _, _, wrong in pairs]
        for (language, text, wrong), a, b in zip(pairs, ours, theirs):
            row = by_language.setdefault(language, [0, 0, 0]); row[0] += 1; row[1] += a == text; row[2] += b == text
            if verbose and a != text: print('   ', kind, '|', text, '|', wrong, '|', a, '|', b == text)
        row = [len(pairs), sum(a == text for (_, text, _), a in zip(pairs, ours)), sum(b == text for (_, text, _), b in zip(pairs, theirs))]
        total = [x + y for x, y in zip(total, row)]
        print(f'{kind:44} {row[0]:7} {row[1]:10} {row[2]:11}')
    print(f'{"all":44} {total[0]:7} {total[1]:10} {total[2]:11}\n')
    for language, row in by_language.items(): print(f'{language:44} {row[0]:7} {row[1]:10} {row[2]:11}')
    ours = own(binary, SOUND); theirs = [ftfy.fix_encoding(text) for text in SOUND]
    print(f'\n{"sound sentences changed (false repairs)":44} {len(SOUND):7} {sum(a != text for text, a in zip(SOUND, ours)):10} {sum(b != text for text, b in zip(SOUND, theirs)):11}')
    if verbose:
        for text, a, b in zip(SOUND, ours, theirs):
            if a != text: print('   false', text, '->', a)
            if b != text: print('   ftfy false', text, '->', b)
