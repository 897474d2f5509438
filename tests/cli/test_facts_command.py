def test_show_prints_who_that_is_and_why(run):
    code, out, err = run("facts", "show", "Wang Yi", "--on", "2023-02-18")
    assert (code, err) == (0, "")
    assert out.startswith(
        "Wang Yi on 2023-02-18\n  is Wang Yi, CHN GOV, State Councilor, Q701801\n"
    )
    assert "* State Councilor from 2018-03-19 to 2023-03\n" in out
    assert "- Foreign Minister from 2013-03-16 to 2022-12-30\n" in out
    assert "officials.tsv.gz:" in out


def test_show_an_office(run):
    _, out, _ = run("facts", "show", "the US Secretary of State", "--on", "2023-02-18")
    assert "is Antony Blinken, USA GOV, Secretary of State" in out
    assert "1.00  USA:Antony Blinken  Secretary of State from 2021-01-26 to 2025-01-20" in out


def test_show_an_unknown_name(run):
    code, out, _ = run("facts", "show", "Xyzzy")
    assert code == 1
    assert out == "Xyzzy, without a day\n  is in none of the tables\n"


def test_show_with_a_table(run, tmp_path):
    table = tmp_path / "actors.yaml"
    table.write_text("- {name: New Hamas, replaces: Hamas, sector: IMG, start: 2001}\n")
    _, out, _ = run("facts", "show", "Hamas", "--actors", table)
    assert "organisation: New Hamas, no country IMG, 2001 to ..." in out
    assert f"{table}:1 (your table)" in out


def test_a_bad_date_is_told(run):
    code, _, err = run("facts", "show", "Hamas", "--on", "03/04/2021")
    assert code == 2
    assert "D110" in err


def test_check_lists_every_problem(run, tmp_path):
    table = tmp_path / "actors.yaml"
    table.write_text("- {name: A, sector: RED}\n- {name: B, sector: GOV, kind: person}\n")
    code, out, err = run("facts", "check", table)
    assert (code, err) == (1, "")
    assert f"{table}:1: unknown sector RED [D234]\n" in out
    assert f"{table}:2: B is a person without a start date [D236]\n" in out


def test_check_of_a_good_table_is_friendly(run, tmp_path):
    table = tmp_path / "actors.tsv"
    table.write_text("name\taliases\tcountry\tsector\nQuarry Front\tQF\tZMB\tREB\n")
    assert run("facts", "check", table) == (0, f"{table}: no problems found.\n", "")


def test_check_of_no_file(run, tmp_path):
    code, _, err = run("facts", "check", tmp_path / "none.tsv")
    assert code == 2
    assert "D231" in err
