import pytest

from detente.reading.language_id import identify

# Short, and full of foreign names: what misleads every identifier.
ENGLISH = """\
Wang Yi met Sergei Lavrov in Moscow on Tuesday.
Erdogan spoke with Zelenskyy and Putin by phone.
Muqtada al-Sadr urged Nouri al-Maliki to resign.
Hun Sen and Prayuth Chan-ocha discussed Preah Vihear.
Kim Jong Un and Xi Jinping held talks in Dalian.
Benjamin Netanyahu accused Mahmoud Abbas of incitement.
Ilham Aliyev threatened Nikol Pashinyan over Nagorno-Karabakh.
Abdel Fattah al-Sisi hosted Khalifa Haftar in Cairo.
Nicolás Maduro expelled envoys of Iván Duque from Caracas.
Luiz Inácio Lula da Silva visited Buenos Aires in January.
Emmanuel Macron phoned Ebrahim Raisi about Fariba Adelkhah.
Angela Merkel met Mateusz Morawiecki in Warsaw.
Viktor Orbán rejected demands by Ursula von der Leyen.
Aung San Suu Kyi appealed to Min Aung Hlaing.
Shavkat Mirziyoyev visited Gurbanguly Berdimuhamedow in Ashgabat.
Mohammed bin Salman received Masrour Barzani in Jeddah.
Uhuru Kenyatta mediated between Salva Kiir and Riek Machar.
Abiy Ahmed accused Debretsion Gebremichael of treason.
Joko Widodo called on Min Aung Hlaing to free prisoners.
Rodrigo Duterte met Xi Jinping at the Boao Forum in Hainan.
Hezbollah fired rockets at Kiryat Shmona, IDF says.
Boko Haram abducted villagers near Maiduguri, Borno.
Taliban fighters captured Lashkar Gah and Kandahar.
Houthi drones struck Abha airport, Riyadh said.
Helgesen met with President Chandrika Kumaratunga Tuesday.
CAFTA also comprises El Salvador, Guatemala, Honduras and Nicaragua.
Jens Stoltenberg thanked Mette Frederiksen in Copenhagen.
Aleksandar Vučić and Albin Kurti met in Brussels.
Beijing summons Terry Branstad over Huawei arrest.
Dmitry Medvedev warned Tbilisi and Sukhumi.
Ashraf Ghani freed Anas Haqqani, Mali Khan and Hafiz Rashid.
José Ramos-Horta and Xanana Gusmão arrived in Jakarta.
Nguyễn Phú Trọng received Hun Sen in Hanoi.
Félix Tshisekedi accused Paul Kagame of backing M23.
""".splitlines()

FOREIGN = {
    "Spanish": "El presidente se reunió con el ministro de Rusia en Madrid el lunes.",
    "French": "Le président a rencontré le ministre russe à Paris lundi dernier.",
    "German": "Der Präsident traf den russischen Minister am Montag in Berlin.",
    "Russian": "Президент встретился с министром в Москве вчера вечером.",
    "Arabic": "التقى الرئيس بوزير الخارجية في القاهرة يوم الأحد الماضي",
    "Chinese": "总统周六在慕尼黑会见了俄罗斯外长并讨论了乌克兰问题，双方没有达成任何协议，"
    "会谈气氛紧张。",
    "Italian": "Il presidente ha incontrato il ministro russo a Roma lunedì scorso.",
    "Portuguese": "O presidente se reuniu com o ministro da Rússia em Brasília.",
    "Dutch": "De president heeft de Russische minister maandag in Den Haag ontmoet.",
    "Turkish": "Cumhurbaşkanı Rus bakanla Ankara'da dün akşam görüştü.",
}


def test_there_are_enough_sentences():
    assert len(ENGLISH) >= 30


@pytest.mark.parametrize("sentence", ENGLISH)
def test_english_with_foreign_names_is_not_turned_away(sentence):
    assert not identify(sentence).foreign


@pytest.mark.parametrize("name", FOREIGN)
def test_other_languages_are_named(name):
    language = identify(FOREIGN[name])
    assert language.foreign
    assert language.name == name


def test_plain_english_is_called_english():
    assert identify("The two governments agreed to resume talks on trade next week.").code == "en"


@pytest.mark.parametrize("text", ["", "Bonjour le monde", "12345 67890 " * 20, "Пока"])
def test_short_texts_are_not_judged(text):
    assert identify(text).code is None
    assert not identify(text).foreign
