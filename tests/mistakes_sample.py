"""The sample that tests/test_mistakes.py plants its mistakes in: a small glass works, sound as it stands."""

REPORT = """\
status: draft
slug: lantern-glass-2025
title: {en: "Environmental, Social and Governance Report", zh-Hant: 環境、社會及管治報告}
company:
  name: {en: Lantern Glass Limited, zh-Hant: 明燈玻璃有限公司}
  issuer_class: main-board
languages: [en, zh-Hant]
period: 2025
comparatives: [2024]
periods:
  2025: {from: 2025-01-01, to: 2025-12-31, label: {en: "2025", zh-Hant: 2025年}}
  2024: {from: 2024-01-01, to: 2024-12-31, label: {en: "2024", zh-Hant: 2024年}}
  2030: {from: 2030-01-01, to: 2030-12-31, label: {en: "2030", zh-Hant: 2030年}}
frameworks: [hkex-esg-code-2025]
parts:
  - pages: [figures]
"""

ACCEPTED = """\
- code: requirement-missing
  file: data/report.yml
  reason: The sample answers what it has figures for.
  owner: Tests
- code: requirement-partly
  file: data/report.yml
  reason: The sample answers what it has figures for.
  owner: Tests
"""

DIMENSIONS = """\
site:
  name: {en: Site, zh-Hant: 廠區}
  members:
    melting: {en: Melting hall, zh-Hant: 熔爐車間}
    cutting: {en: Cutting hall, zh-Hant: 切割車間}
gender:
  name: {en: Gender, zh-Hant: 性別}
  members:
    male: {en: Male, zh-Hant: 男性}
    female: {en: Female, zh-Hant: 女性}
age_group:
  name: {en: Age group, zh-Hant: 年齡組別}
  members:
    under_30: {en: Under 30, zh-Hant: 30歲以下}
    from_30: {en: 30 to 50, zh-Hant: 30至50歲}
    over_50: {en: Over 50, zh-Hant: 50歲以上}
region:
  name: {en: Region, zh-Hant: 地區}
  members:
    hong_kong: {en: Hong Kong, zh-Hant: 香港}
    mainland: {en: Chinese mainland, zh-Hant: 中國內地}
material:
  name: {en: Material, zh-Hant: 物料}
  members:
    cullet: {en: Broken glass, zh-Hant: 碎玻璃}
    board: {en: Cardboard, zh-Hant: 紙板}
product:
  name: {en: Product, zh-Hant: 產品}
  members:
    bottles: {en: Bottles, zh-Hant: 瓶}
    tableware: {en: Tableware, zh-Hant: 餐具}
    panels: {en: Panels, zh-Hant: 面板}
"""

FACTORS = """\
grid:
  name: {en: Grid emission factor, zh-Hant: 電網排放因子}
  value: 0.57
  unit: kgCO2e/kWh
  source: Power company (fictional)
heat_of_gas:
  name: {en: Calorific value of natural gas, zh-Hant: 天然氣熱值}
  value: 38.9
  unit: MJ/m3
  source: Gas supplier (fictional)
heat_of_diesel:
  name: {en: Calorific value of diesel, zh-Hant: 柴油熱值}
  value: 35.9
  unit: MJ/L
  source: Fuel supplier (fictional)
gas_burnt:
  name: {en: Emission factor of natural gas, zh-Hant: 天然氣排放因子}
  value: 2.1
  unit: kgCO2e/m3
  source: Gas supplier (fictional)
"""

ENVIRONMENT = """\
aspect: A
metrics:
  output:
    name: {en: Glass produced, zh-Hant: 玻璃產量}
    unit: t
    values: {2025: 18 240, 2024: 17 950}
  electricity:
    name: {en: Electricity consumption, zh-Hant: 用電量}
    unit: kWh
    per: [output]
    answers: [A2.1:energy-indirect]
    breakdown:
      site:
        2025: {melting: 6 205 300, cutting: 1 904 100}
        2024: {melting: 6 448 700, cutting: 1 882 600}
  natural_gas:
    name: {en: Natural gas consumption, zh-Hant: 天然氣用量}
    unit: m3
    answers: [A2.1:energy-direct]
    values: {2025: 1 509 300, 2024: 1 452 600}
  diesel:
    name: {en: Diesel used, zh-Hant: 柴油用量}
    unit: L
    answers: [A2.1:energy-direct]
    values: {2025: 58 300, 2024: 61 700}
  fuels:
    name: {en: Energy of fuels, zh-Hant: 燃料能源}
    unit: MWh
    decimals: 1
    answers: [A2.1:energy-direct]
    formula: natural_gas * factor("heat_of_gas") + diesel * factor("heat_of_diesel")
  energy_total:
    name: {en: Total energy consumption, zh-Hant: 能源總耗量}
    unit: MWh
    decimals: 1
    answers: [A2.1:energy-total]
    formula: electricity + fuels
  water:
    name: {en: Water consumption, zh-Hant: 用水量}
    unit: m3
    per: [output]
    answers: [A2.2]
    breakdown:
      site:
        2025: {melting: 61 250, cutting: 35 160}
        2024: {melting: 63 480, cutting: 35 720}
  ghg_scope_1:
    name: {en: Scope 1 emissions, zh-Hant: 範圍1排放}
    unit: tCO2e
    answers: ["D28(a)"]
    values: {2025: 3 335.1, 2024: 3 207.5}
  ghg_scope_2:
    name: {en: Scope 2 emissions, zh-Hant: 範圍2排放}
    unit: tCO2e
    decimals: 1
    answers: ["D28(b)"]
    formula: electricity * factor("grid")
  ghg_total:
    name: {en: "Scopes 1 and 2", zh-Hant: 範圍1及2}
    unit: tCO2e
    decimals: 1
    formula: ghg_scope_1 + ghg_scope_2
  dust:
    name: {en: Dust concentration in flue gas, zh-Hant: 煙氣顆粒物排放濃度}
    unit: mg/m3
    values: {2025: 8.4, 2024: 9.1}
  hazardous_waste:
    name: {en: Hazardous waste, zh-Hant: 有害廢棄物}
    unit: kg
    answers: [A1.3]
    per: [output]
    values: {2025: 4 742, 2024: 4 813}
  other_waste:
    name: {en: Non-hazardous waste, zh-Hant: 無害廢棄物}
    unit: t
    answers: [A1.4]
    per: [output]
    breakdown:
      material:
        2025: {cullet: 612.5, board: 48.2}
        2024: {cullet: 590.4, board: 51.0}
targets:
  less_power:
    name: {en: Electricity per tonne of glass, zh-Hant: 每噸玻璃的用電量}
    metric: electricity
    per: output
    base: 2024
    change: -15
    to: 2030
"""

SOCIAL = """\
aspect: B
metrics:
  workforce:
    name: {en: Employees, zh-Hant: 僱員}
    unit: employee
    answers: [B1.1]
    breakdown:
      gender:
        2025: {male: 286, female: 134}
        2024: {male: 279, female: 130}
      age_group:
        2025: {under_30: 88, from_30: 231, over_50: 101}
        2024: {under_30: 84, from_30: 226, over_50: 99}
      region:
        2025: {hong_kong: 46, mainland: 374}
        2024: {hong_kong: 45, mainland: 364}
  leavers:
    name: {en: Employees who left, zh-Hant: 離職僱員}
    unit: employee
    breakdown:
      gender:
        2025: {male: 31, female: 12}
        2024: {male: 28, female: 15}
  turnover_rate:
    name: {en: Turnover rate, zh-Hant: 流失率}
    unit: percent
    decimals: 1
    answers: [B1.2]
    formula: leavers / workforce
    breakdown: [gender]
  trained:
    name: {en: Employees trained, zh-Hant: 受訓僱員}
    unit: employee
    part_of: workforce
    breakdown:
      gender:
        2025: {male: 262, female: 121}
        2024: {male: 250, female: 113}
  training_hours:
    name: {en: Training hours, zh-Hant: 培訓時數}
    unit: hour
    breakdown:
      gender:
        2025: {male: 4 180, female: 1 905}
        2024: {male: 3 990, female: 1 780}
  injury_rate:
    name: {en: "Injuries per 1,000 employees", zh-Hant: 每千名僱員工傷}
    unit: permille
    values: {2025: 11.9, 2024: 9.8}
  lost_days:
    name: {en: Days lost to injuries, zh-Hant: 因工傷損失日數}
    unit: day
    answers: [B2.2]
    values: {2025: 63, 2024: 48}
  revenue:
    name: {en: Revenue, zh-Hant: 收益}
    unit: HKD million
    values: {2025: 412.6, 2024: 398.4}
  sales_split:
    name: {en: Share of sales, zh-Hant: 銷售佔比}
    unit: percent
    breakdown:
      product:
        2025: {bottles: 61.5, tableware: 27.0, panels: 11.5}
        2024: {bottles: 60.2, tableware: 27.9, panels: 11.9}
"""

EN = """\
# Figures

The works used {{ electricity }} of electricity, which {{ electricity(change="2024", words="rose") }}.

## Tables { #tables }

The works employ {{ workforce(gender="female", show="number") }} women, {{ workforce(gender="female", change="2024", words="higher") }}. Turnover {{ turnover_rate(difference="2024", words="rose") }}.

```table
caption: Resource consumption
metrics: [electricity, natural_gas, diesel, fuels, energy_total]
columns: [unit, 2025, 2024, change]
```

```table
caption: Water
metrics: [water]
members: site
columns: [unit, 2025, 2024]
```

```table
caption: Output and intensities
metrics: [output, water]
columns: [unit, 2025, per]
```

```table
caption: Emissions and waste
metrics: [ghg_scope_1, ghg_scope_2, ghg_total, dust, hazardous_waste, other_waste]
columns: [unit, 2025, 2024]
```

```table
caption: Waste per tonne
metrics: [hazardous_waste, other_waste]
columns: [2025]
intensities: true
```

```table
caption: Waste by material
metrics: [other_waste]
members: material
columns: [2025, 2024]
```

```table
caption: People
metrics: [workforce, leavers, turnover_rate, trained, training_hours]
columns: [unit, gender, total]
```

```table
caption: Other
metrics: [injury_rate, lost_days, revenue]
columns: [unit, 2025, 2024]
```

```table
caption: Sales
metrics: [sales_split]
members: product
columns: [2025, 2024]
```

```targets
caption: Targets
targets: [less_power]
```
"""

_CHINESE = {
    "# Figures\n": "# 數據\n",
    "The works used {{ electricity }} of electricity, which {{": "本廠用電{{ electricity }}，按年{{",
    'words="rose") }}.\n\n## Tables': 'words="rose") }}。\n\n## 表',
    "The works employ {{": "女性僱員{{",
    '}} women, {{ workforce(gender="female", change="2024", words="higher") }}. Turnover': '}}，{{ workforce(gender="female", change="2024", words="higher") }}。流失率',
    'difference="2024", words="rose") }}.': 'difference="2024", words="rose") }}。',
    "caption: Resource consumption": "caption: 資源耗用",
    "caption: Water": "caption: 水",
    "caption: Output and intensities": "caption: 產量及密度",
    "caption: Emissions and waste": "caption: 排放及廢棄物",
    "caption: Waste per tonne": "caption: 每噸廢棄物",
    "caption: Waste by material": "caption: 按物料劃分的廢棄物",
    "caption: People": "caption: 僱員",
    "caption: Other": "caption: 其他",
    "caption: Sales": "caption: 銷售",
    "caption: Targets": "caption: 目標",
}


def _chinese() -> str:
    text = EN
    for english, chinese in _CHINESE.items():
        assert english in text, english
        text = text.replace(english, chinese)
    return text


SAMPLE = {
    "data/report.yml": REPORT,
    "data/accepted.yml": ACCEPTED,
    "data/dimensions.yml": DIMENSIONS,
    "data/factors.yml": FACTORS,
    "data/aspects/a.yml": ENVIRONMENT,
    "data/aspects/b.yml": SOCIAL,
    "content/en/figures.md": EN,
    "content/zh-Hant/figures.md": _chinese(),
}
