import textwrap

import pytest
from esgreport.checks import label_and_unit
from reports import edition_of


def found(project, name, unit, answers=""):
    answer = f", answers: [{answers}]" if answers else ""
    report = project()
    text = (report / "data/report.yml").read_text(encoding="utf-8")
    (report / "data/report.yml").write_text(text + "frameworks: [hkex-esg-code-2025]\n", encoding="utf-8")
    (report / "data/aspects/a2.yml").write_text(
        f"aspect: A2\nmetrics:\n  electricity: {{name: {name}, unit: {unit}{answer}, values: {{2025: 1, 2024: 1}}}}\n",
        encoding="utf-8",
    )
    return list(label_and_unit.check(edition_of(report, blocking=True), report))


def test_it_points_at_the_unit(assert_marks):
    findings = assert_marks(label_and_unit.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          dust:
            name: {en: Particulate matter, zh-Hant: 顆粒物排放量}
            unit: g/m3
                  ^^^^ label-and-unit
            values: {2025: 1}
    """})  # fmt: skip
    assert findings[0].message == "“顆粒物排放量” (zh-Hant) says an amount emitted, but the unit is g/m3"
    assert findings[0].help == "write a mass such as kg, or call it a concentration, or change the name"


@pytest.mark.parametrize(
    ("english", "chinese", "unit", "says"),
    [
        ("Dust concentration", "顆粒物", "kg", "a concentration"),
        ("X", "顆粒物排放濃度", "kg", "a concentration"),
        ("Energy intensity", "能源", "kWh", "an intensity"),
        ("X per employee", "某", "kWh", "an intensity"),
        ("X", "能源密度", "MWh", "an intensity"),
        ("GHG intensity", "某密度", "kWh/t", "CO2e"),
        ("Fatality rate", "某", "person", "a rate or share"),
        ("X", "僱員流失率", "person", "a rate or share"),
        ("X", "女性僱員百分比", "person", "a rate or share"),
        ("Injuries per 1,000 employees", "某", "percent", "a rate per thousand or more"),
        ("X", "每千人工傷", "percent", "a rate per thousand or more"),
        ("Greenhouse gas emissions", "某", "t", "CO2e"),
        ("X", "溫室氣體排放量", "kWh", "CO2e"),
        ("Scope 1", "某", "t", "CO2e"),
        ("Revenue", "某", "t", "money"),
        ("X", "捐款", "t", "money"),
        ("Revenue", "某", "count", "money"),
        ("Training hours", "某", "person", "hours"),
        ("X", "受訓時數", "person", "hours"),
        ("X", "損失工作日數", "hour", ""),
        ("Number of employees", "某", "percent", "people"),
        ("X", "僱員人數", "percent", "people"),
        ("Floor area", "某", "t", "an area"),
        ("Electricity consumption", "某", "t", "energy"),
        ("X", "外購電力", "m3", "energy"),
        ("Water consumption", "某", "kWh", "water"),
        ("X", "耗水量", "kWh", "water"),
        ("Hazardous waste", "某", "kWh", "waste"),
    ],
)
def test_a_name_and_a_unit_that_contradict_each_other(project, english, chinese, unit, says):
    findings = [
        f
        for f in found(project, f'{{en: "{english}", zh-Hant: {chinese}}}', unit)
        if f.code == "label-and-unit"
    ]
    assert [f" says {says}," in f.message for f in findings] == ([True] if says else [])


@pytest.mark.parametrize(
    ("english", "chinese", "unit"),
    [
        ("Dust emissions", "顆粒物排放量", "kg"),
        ("Dust concentration", "顆粒物排放濃度", "g/m3"),
        ("Wastewater discharged", "廢水排放量", "m3"),
        ("GHG intensity", "溫室氣體排放密度", "tCO2e/t"),
        ("Energy intensity", "能源密度", "kWh/t"),
        ("Energy consumption (by intensity)", "能源耗量（按密度）", "kWh"),
        ("Employee turnover rate", "僱員流失率", "percent"),
        ("Fatality rate", "因工亡故比率", "case/person"),
        ("Share of profits of associates", "應佔聯營公司溢利", "HKD"),
        ("Energy efficiency", "能源效率", "kWh"),
        ("Emissions avoided by solar electricity", "太陽能發電避免的排放", "tCO2e"),
        ("Cost of electricity consumed", "用電成本", "HKD"),
        ("GHG audits", "溫室氣體審核", "count"),
        ("Greenhouse gas refrigerants refilled", "補充的製冷劑（溫室氣體）", "kg"),
        ("Low-income people helped", "受助低收入人士", "person"),
        ("Electricity certificates bought", "購買的電力證書", "MWh"),
        ("Energy audits", "能源審核", "count"),
        ("Average training hours per employee", "每名僱員平均受訓時數", "hour/person"),
        ("Employees over the monthly overtime limit", "超出每月加班上限的僱員", "person"),
        ("Revenue", "收入", "RMB million"),
        ("Water used", "用水量", "t"),
        ("Days of production lost", "停產的日數", "day"),
        ("Kilowatt hours", "千瓦時數", "kWh"),
    ],
)
def test_names_that_fit_their_units(project, english, chinese, unit):
    assert not found(project, f'{{en: "{english}", zh-Hant: {chinese}}}', unit)


@pytest.mark.parametrize(
    ("english", "chinese", "says", "other"),
    [
        ("Non-hazardous waste", "有害廢棄物", "non-hazardous", "hazardous"),
        ("Hazardous waste", "無害廢棄物", "hazardous", "non-hazardous"),
        ("Direct energy", "間接能源", "direct", "indirect"),
        ("Resource consumption", "資源排放量", "a consumption", "an emission"),
        ("Scope 1 emissions", "範圍2排放", "Scope 1", "Scope 2"),
        ("Scopes 1 and 2", "範圍一及三", "Scope 1 and 2", "Scope 1 and 3"),
        ("Energy used", "用水量", "energy", "water"),
        ("Waste", "廢棄物密度", "none", "an intensity"),
        ("Waste intensity", "廢棄物", "an intensity", "none"),
    ],
)
def test_names_of_two_languages_that_say_opposite_things(project, english, chinese, says, other):
    unit = "kg/t" if "密度" in chinese or "intensity" in english else "count"
    (finding,) = [
        f
        for f in found(project, f'{{en: "{english}", zh-Hant: {chinese}}}', unit)
        if f.code == "names-disagree"
    ]
    assert says in finding.message.replace("no intensity", "none")
    assert other in finding.message


@pytest.mark.parametrize(
    ("english", "chinese", "answers"),
    [
        ("Hazardous waste", "有害廢棄物", "A1.3"),
        ("Non-hazardous waste", "無害廢棄物", "A1.4"),
        ("Scope 2: purchased electricity", "範圍2：外購電力", '"D28(b)"'),
        ("Scopes 1 and 2", "範圍1及2", '"D28(a)"'),
        ("Diesel", "柴油", "A2.1:energy-direct"),
        ("Emissions from purchased electricity", "外購電力排放", '"D28(b)"'),
        ("Energy per tonne", "能源密度", "A2.1:energy-total"),
        ("Hot water supply", "熱水供應", "A2.1:energy-indirect"),
    ],
)
def test_names_that_agree(project, english, chinese, answers):
    unit = (
        "kWh/t" if "密度" in chinese else "tCO2e" if "D28" in answers else "MWh" if "A2" in answers else "kg"
    )
    assert not found(project, f'{{en: "{english}", zh-Hant: {chinese}}}', unit, answers)


def test_a_name_that_says_the_opposite_of_the_measure(project):
    name = "{en: Hazardous waste, zh-Hant: 有害廢棄物}"
    (finding,) = found(project, name, "kg", "A1.4")
    assert finding.code == "names-disagree"
    assert "says hazardous, but A1.4:waste-non-hazardous" in finding.message


def test_water_that_answers_energy(project):
    (finding,) = found(project, "{en: Mains water, zh-Hant: 自來水}", "m3", "A2.1:energy-direct")
    assert finding.code == "names-disagree"
    assert "says water" in finding.message


TABLES = """
        # Use of resources

        Lead.

        ## Figures { #figures }

        ```table
        caption: %s
        metrics: [%s]
        columns: [2025, 2024]
        ```
"""
ROWS = """
        aspect: A2
        metrics:
          power: {name: {en: Electricity consumption, zh-Hant: 耗電量}, unit: kWh, values: {2025: 1, 2024: 1}}
          water: {name: {en: Water consumption, zh-Hant: 耗水量}, unit: m3, values: {2025: 1, 2024: 1}}
          gases: {name: {en: Scope 2 emissions, zh-Hant: 範圍2排放}, unit: tCO2e, values: {2025: 1, 2024: 1}}
"""


@pytest.mark.parametrize(
    ("caption", "rows", "said"),
    [
        ("Emissions of resources", "power, water", "says an emission, but its row “Electricity consumption” says a consumption"),
        ("Energy", "power, water", "says energy, but its row “Water consumption” says water"),
        ("Energy and water", "power, water", ""),
        ("Energy and emissions", "power, gases", ""),
        ("Emissions and what causes them", "power, gases", ""),
        ("Water used", "power", ""),
    ],
)  # fmt: skip
def test_captions(project, caption, rows, said):
    page = textwrap.dedent(TABLES % (caption, rows)).lstrip()
    files = {"data/aspects/a2.yml": textwrap.dedent(ROWS).lstrip(), "content/en/a2.md": page}
    files["content/zh-Hant/a2.md"] = page.replace(caption, "表")
    root = project(files)
    findings = list(label_and_unit.check(edition_of(root), root))
    assert [said in finding.message for finding in findings] == ([True] if said else [])
    assert all((f.place.path, f.place.line) == ("content/en/a2.md", 7) for f in findings)


def test_members_of_a_dimension(assert_marks):
    assert_marks(label_and_unit.check, {"data/dimensions.yml": """
        waste:
          name: {en: Waste, zh-Hant: 廢物}
          members:
            a: {en: Hazardous waste, zh-Hant: 無害廢棄物}
            ^ names-disagree
            b: {en: Non-hazardous waste, zh-Hant: 無害廢棄物}
    """})  # fmt: skip


def test_names_of_dimensions_targets_topics_and_their_fields(project):
    files = {
        "data/dimensions.yml": """
            fuel:
              name: {en: Direct energy, zh-Hant: 間接能源}
              members: {coal: {en: Coal, zh-Hant: 煤}}
        """,
        "data/aspects/a2.yml": ROWS + """
        targets:
          less: {name: {en: Less hazardous waste, zh-Hant: 減少無害廢棄物}, metric: power, base: 2024, to: 2025, change: -1}
""",
        "data/topics/steps.yml": """
            name: {en: Emissions, zh-Hant: 耗用}
            fields:
              what: {name: {en: Direct, zh-Hant: 間接}, kind: words}
            entries:
              one: {name: {en: Y, zh-Hant: 甲}, what: {en: X, zh-Hant: 某}}
        """,
    }  # fmt: skip
    root = project({name: textwrap.dedent(text).lstrip() for name, text in files.items()})
    findings = list(label_and_unit.check(edition_of(root), root))
    found = {(f.place.path, f.message.partition(":")[0]) for f in findings if f.code == "names-disagree"}
    assert found == {
        ("data/dimensions.yml", "fuel"),
        ("data/aspects/a2.yml", "less"),
        ("data/topics/steps.yml", "steps"),
        ("data/topics/steps.yml", "what"),
    }


def test_a_dimension_says_the_opposite_of_all_that_it_divides(assert_marks):
    findings = assert_marks(label_and_unit.check, {"data/dimensions.yml": """
        resource:
        ^^^^^^^^ names-disagree
          name: {en: Type of emissions, zh-Hant: 種類}
          members: {power: {en: Power, zh-Hant: 電}}
    """, "data/aspects/a2.yml": """
        aspect: A2
        metrics:
          used: {name: {en: Energy consumption, zh-Hant: 能源}, unit: kWh, breakdown: {resource: {2025: {power: 1}}}}
    """})  # fmt: skip
    assert "but “Energy consumption”, which is divided by it, says a consumption" in findings[0].message


def test_captions_of_charts(project):
    page = textwrap.dedent(TABLES % ("Emissions of resources", "power, water")).lstrip()
    page = page.replace("```table", "```chart\nkind: bars").replace("columns:", "periods:")
    files = {"data/aspects/a2.yml": textwrap.dedent(ROWS).lstrip(), "content/en/a2.md": page}
    files["content/zh-Hant/a2.md"] = page.replace("Emissions of resources", "圖")
    root = project(files)
    (finding,) = label_and_unit.check(edition_of(root), root)
    assert "the caption “Emissions of resources” says an emission, but its row" in finding.message
