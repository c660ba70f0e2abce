"""The guilty cell of rates: outside their districts' range, or in the year that no weights fit."""

from drawn import judged

from expectations.locate.locate import locate

DISTRICTS = ("608", "610", "611", "612", "613", "614", "615", "616", "617", "618")
INSURED = range(8000, 9000, 100)
YEARS = ("2015", "2016", "2017", "2018")
Told = list[tuple[str, str, str]]


def told(table: str, columns: str = "culprit_cell, suggestion, severity") -> Told:
    with judged(t=table) as connection:
        locate(connection, ["s1"])
        query = f"SELECT DISTINCT {columns} FROM finding ORDER BY ALL"
        return connection.execute(query).fetchall()


def line(meaning: str, cells: list[str]) -> str:
    return " | ".join([meaning, *cells])


def test_a_provinces_rate_with_two_digits_swapped_is_named() -> None:
    """The districts lie between 80,0% and 89,0%; the province says 48,5%."""
    lines = [line("", ["2018"])]
    lines += [
        line(f"{code}:bhyt_coverage_pct", [f"{count / 100:.1f}"])
        for code, count in zip(DISTRICTS, INSURED, strict=True)
    ]
    assert told("\n".join([*lines, "bhyt_coverage_pct | 48.5"])) == [("B12", "84.5", "critical")]


def districts_by_years(population: dict[str, str], rates: dict[str, str]) -> str:
    """Ten districts of 10.000 people and their province, four years alike."""
    lines = [line("", list(YEARS))]
    for code, count in zip(DISTRICTS, INSURED, strict=True):
        lines.append(line(f"{code}:bhyt_participants", [str(count)] * 4))
        right = f"{count / 100:.1f}"
        own = [rates.get(f"{code}/{year}", right) for year in YEARS]
        lines.append(line(f"{code}:bhyt_coverage_pct", own))
    lines.append(line("population", [population.get(year, "100000") for year in YEARS]))
    return "\n".join(lines)


def test_where_one_year_does_not_fit_its_wrong_rate_is_named() -> None:
    """Đắk Tô's 8.200 people at 28,0% would be 29.286; at 82,0% all years fit."""
    table = districts_by_years({}, {"611/2017": "28.0"})
    found = [row for row in told(table) if row[2] == "critical"]
    assert found == [("D7", "82.0", "critical")]


def test_a_population_wrong_in_one_year_is_named() -> None:
    found = [one for one in told(districts_by_years({"2016": "10000"}, {})) if one[2] == "critical"]
    assert found == [("C22", "100000", "critical")]


def test_where_no_year_fits_no_cell_is_named_and_the_cause_is_one() -> None:
    """The districts imply 100.000 people in every year, the province prints 103.000."""
    table = districts_by_years(dict.fromkeys(YEARS, "103000"), {})
    rows = told(table, "culprit_cell, cause_id, message_en LIKE '%no single cell explains it.'")
    assert len(rows) == 1
    assert rows[0][0] == ""
    assert rows[0][2]
